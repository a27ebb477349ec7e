import { python } from './text';
import { run } from './run';

/** A character's bytes, in hex, by its code point. */
export type Table = ReadonlyMap<number, string>;

/** What an independent codec makes of a table. */
export interface Compared {
	readonly encodes: Table;
	/** Code points of the table whose bytes it decodes to something else, or not at all. */
	readonly strange: ReadonlySet<number>;
}

const LF = 0x0a;

/** `asked` are all characters that it is asked about, up to the last of them. */
export async function byPython(table: Table, codec: string, asked: readonly string[]): Promise<Compared> {
	const answer = await python(
		'encodings.py',
		[codec, String(pointOf(asked.at(-1)) + 1)],
		JSON.stringify(Object.fromEntries(table)),
	);
	const { encodes, strange } = JSON.parse(String(answer)) as { encodes: Record<string, string>; strange: number[] };
	return {
		encodes: new Map(Object.entries(encodes).map(([point, hex]) => [Number(point), hex])),
		strange: new Set(strange),
	};
}

/** By glibc's iconv, which writes nothing for what it cannot write or read. */
export async function byGlibc(table: Table, codec: string, asked: readonly string[]): Promise<Compared> {
	const lines = linesOf(await converted(`${asked.join('\n')}\n`, 'UTF-8', codec));
	const bytes = Buffer.concat([...table.values()].map((hex) => Buffer.from(`${hex}0a`, 'hex')));
	const read = linesOf(await converted(bytes, codec, 'UTF-8'));
	expect([lines.length, read.length]).toEqual([asked.length, table.size]);
	const written = asked.map((character, line) => [pointOf(character), lines[line]?.toString('hex') ?? ''] as const);
	return {
		encodes: new Map(written.filter(([, hex]) => hex !== '')),
		strange: new Set([...table.keys()].filter((point, line) => read[line]?.toString() !== String.fromCodePoint(point))),
	};
}

function pointOf(character = ''): number {
	return character.codePointAt(0) ?? 0;
}

/** iconv ends with 1 after it has left something out. */
async function converted(input: Buffer | string, from: string, to: string): Promise<Buffer> {
	return await run('/bin/sh', ['-c', '/usr/bin/iconv -c -f "$0" -t "$1" || true', from, to], input);
}

/** What stands in front of each line feed. */
export function linesOf(bytes: Buffer): Buffer[] {
	const lines: Buffer[] = [];
	for (let at = 0; at < bytes.length; ) {
		const end = bytes.indexOf(LF, at);
		lines.push(bytes.subarray(at, end));
		at = end + 1;
	}
	return lines;
}
