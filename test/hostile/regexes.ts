import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

export interface Literal {
	/** File and line. */
	readonly where: string;
	readonly regex: RegExp;
}

export interface Found {
	readonly literals: readonly Literal[];
	/** Files that put a regex together while they run, where no literal says what it is. */
	readonly built: readonly string[];
}

/** Every regex of the TypeScript files below these folders. */
export function regexesBelow(folders: readonly string[]): Found {
	const found = folders.flatMap((folder) =>
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
			.map((name) => regexesIn(join(folder, name), readFileSync(join(folder, name), 'utf8'))),
	);
	return {
		literals: found.flatMap(({ literals }) => literals),
		built: [...new Set(found.flatMap(({ built }) => built))].sort(),
	};
}

export function regexesIn(file: string, text: string): Found {
	const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
	const literals: Literal[] = [];
	const built: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isRegularExpressionLiteral(node)) {
			const end = node.text.lastIndexOf('/');
			const { line } = source.getLineAndCharacterOfPosition(node.getStart());
			const regex = new RegExp(node.text.slice(1, end), node.text.slice(end + 1));
			literals.push({ where: `${file}:${line + 1}: ${node.text}`, regex });
		}
		const isBuilt = (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === 'RegExp';
		if (isBuilt) built.push(file);
		ts.forEachChild(node, visit);
	};
	visit(source);
	return { literals, built };
}

const USUAL = ['a', '1', ' ', '-', '.', '\n', '\\', '"', '=', 'é', '<'];
const ENDINGS = ['\u0001\n'];

/** So many of the worst short texts are tried at full length. */
const WORST = 3;

/** Milliseconds below which nothing is measured. */
const QUICK_MS = 5;

/** Of the time, from a quarter of the text to the whole: 4 when it grows with the text, 16 when with its square. */
const MOST_GROWTH = 8;

/** Whether a regex reads any text of `length` that can be made of the pieces of its source in a time that grows with the text alone. */
export function isLinear({ regex }: Literal, length: number): boolean {
	const texts = attacks(regex.source);
	// Compiled, which is no part of what a text can make it do.
	for (let times = 0; times < 3; times++) regex.exec('compiled'.repeat(1000));
	// Exponential ones would never end at full length.
	if (texts.some((text) => timeOf(regex, text(26)) > 30)) return false;
	const timed = texts.map((text) => ({ text, ms: timeOf(regex, text(8_000)) }));
	const worst = timed.sort((one, other) => other.ms - one.ms).slice(0, WORST);
	// Quadratic ones would take hours at full length, and show at less.
	return [16_000, 60_000, length].every((most) => worst.every(({ text }) => growsAsLine(regex, text, most)));
}

/** A machine that is slow or busy takes longer for both lengths, so that their ratio counts where the time alone does not. */
function growsAsLine(regex: RegExp, text: (length: number) => string, length: number): boolean {
	const whole = text(length);
	if (timeOf(regex, whole) <= QUICK_MS) return true;
	const quarter = text(length / 4);
	return [1, 2, 3].some(() => timeOf(regex, whole) <= MOST_GROWTH * timeOf(regex, quarter));
}

/** Texts of any length that begin with a piece, repeat another, and end in what fits neither. */
function attacks(source: string): ReadonlyArray<(length: number) => string> {
	const plain = source.replace(/\\[nrtdswbpPDSWB](\{[^}]*\})?/g, '\uffff').replace(/\\(.)/g, '$1');
	const words = [...new Set(plain.split(/[\uffff()[\]{}|*+?^$,]|\?[:=!<]+/).filter((word) => word.length > 1))].slice(
		0,
		6,
	);
	const characters = [...new Set(plain)].filter((character) => /[^\uffff()[\]{}|*+?^$]/.test(character)).slice(0, 10);
	const pumps = [...new Set([...words, ...characters, ...USUAL, words.join(''), `${words[0] ?? 'a'} `])].filter(
		Boolean,
	);
	const starts = ['', ...words.slice(0, 2)];
	return starts.flatMap((start) =>
		pumps.flatMap((pump) =>
			ENDINGS.map(
				(end) => (length: number) => start + pump.repeat(Math.max(1, Math.floor(length / pump.length))) + end,
			),
		),
	);
}

/** Milliseconds of processor time for up to a hundred matches; the better of two. */
function timeOf(regex: RegExp, text: string): number {
	let best = Infinity;
	for (let times = 0; times < 2; times++) {
		regex.lastIndex = 0;
		const since = process.cpuUsage();
		for (let matches = 0; matches < 100; matches++) {
			const found = regex.exec(text);
			if (found === null || !regex.global) break;
			if (found[0] === '') regex.lastIndex += 1;
		}
		const { user, system } = process.cpuUsage(since);
		best = Math.min(best, (user + system) / 1000);
		if (best < 10) break;
	}
	return best;
}
