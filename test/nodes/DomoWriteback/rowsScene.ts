import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { columns, dataSet as made, type SandboxDataSet } from '../../../sandbox/domo/dataSet';
import { type Bench, byId, type Outcome, receiptOf, startBench } from './bench';
import type { Kind, Place } from './places';

/** Quotes that nothing needs, both nulls, and a long number that JavaScript would round. */
export const HEADER = 'id,"Region, free text",amount,at\n';
export const LINES = [
	'1,"North",10.50,2026-03-01T08:00:00\n',
	'2,South,,2026-03-02T08:00:00\n',
	'3,"No ""rth""",9.5,2026-03-03T08:00:00\n',
	'9007199254740993,\\N,100,\n',
	'5,"",-1,2026-03-05T08:00:00\n',
];

export const SALES = salesOf('Sales', HEADER + LINES.join(''), LINES.length);

/** A DataSet of the same columns, whose export with its header is this. */
export function salesOf(name: string, csv: string, rows: number): SandboxDataSet {
	return made({
		name,
		columns: columns({ id: 'LONG', 'Region, free text': 'STRING', amount: 'DECIMAL', at: 'DATETIME' }),
		rows,
		csv: ({ header }) => [Buffer.from(header ? csv : csv.slice(HEADER.length))],
	});
}

/** The Rows pane with one condition. */
export const where = (column: string, operator: string, value?: unknown, to?: unknown): IDataObject => ({
	conditions: { condition: [{ column, operator, value, to }] } as IDataObject,
});

interface Wish {
	readonly kind?: Kind;
	readonly dataSet?: SandboxDataSet;
	readonly more?: IDataObject;
	/** Where something was written before. */
	readonly at?: Place;
}

interface Written {
	readonly outcome: Outcome;
	readonly place: Place;
}

/** One for all tests of a file; ask for it inside a test. */
export function aRowsBench() {
	let bench: Bench | undefined;
	beforeAll(async () => {
		bench = await startBench([SALES]);
	}, 120_000);
	afterAll(async () => await bench?.close());
	const open = () => {
		if (bench === undefined) throw new Error('Only a test has a bench');
		return bench;
	};
	return {
		bench: open,
		/** Writes the rows that the pane says. */
		written: async (
			rows: IDataObject,
			{ kind = 'sftp', dataSet = SALES, more = {}, at }: Wish = {},
		): Promise<Written> => {
			const place = at ?? (await open().place(kind));
			const parameters = { ...place.parameters, dataSet: byId(dataSet.id), transfer: { maxTries: 1 }, rows, ...more };
			return { outcome: await open().run({ parameters }), place };
		},
		/** What the server has. */
		textOf: async ({ outcome, place }: Written): Promise<string> => {
			const { fileName } = receiptOf(outcome);
			return String(await readFile(join(open().sftp.root, String(place.parameters.path), String(fileName))));
		},
	};
}
