import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columns } from '../../sandbox/domo/dataSet';
import { type Cell, table } from '../../sandbox/domo/table';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { readInGerman, type SheetCell } from './readers/libreOffice';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { type Stage, startStage } from './stage';

const ROWS = 5000;

/** Numbers of up to 12 digits, with 0 to 6 of them behind the point; some null. */
function record(row: number): readonly Cell[] {
	const fraction = String((row * 7919) % 1_000_000).slice(0, row % 7);
	const sign = row % 3 === 0 ? '-' : '';
	const amount = `${sign}${(row * 104_729) % 1_000_000}${fraction && `.${fraction}`}`;
	const ratio = `${sign}${(row % 89) / 8 + 0.125}E${(row % 401) - 200}`;
	return [String(row), `Posten ${row}; "neu", x`, row % 17 === 5 ? null : amount, row % 19 === 5 ? null : ratio];
}

const dataSet = table({
	name: 'Numbers',
	columns: columns({ id: 'LONG', note: 'STRING', amount: 'DECIMAL', ratio: 'DOUBLE' }),
	rows: ROWS,
	record,
});

let stage: Stage;
beforeAll(async () => {
	stage = await startStage([dataSet]);
}, 180_000);
afterAll(async () => await stage?.close());

let files = 0;

/** The rows below the header as a German spreadsheet reads them. */
async function readBack(fileFormat: FileFormat, delimiter: string): Promise<SheetCell[][]> {
	const spot = await openSpot('sftp', stage.bench);
	receiptOf(await stage.write({ dataSet, settings: together([{ fileFormat }]), spot }));
	const path = join(stage.folder, `numbers-${(files += 1)}.csv`);
	await writeFile(path, await spot.read((await spot.paths())[0] ?? ''));
	const [header, ...rows] = await readInGerman(path, delimiter);
	expect(header?.map((cell) => cell?.[1])).toEqual(['id', 'note', 'amount', 'ratio']);
	return rows;
}

/** A number in the digits that any program keeps. */
const digits = (text: string): string => Number(text).toPrecision(14);

const comparable = (rows: readonly SheetCell[][]): unknown[][] =>
	rows.map((row) => row.map((cell) => (cell?.[0] === 'float' ? ['float', digits(cell[1])] : cell)));

const EXPECTED = Array.from({ length: ROWS }, (_, row) =>
	record(row).map((cell, place) => cell && (place === 1 ? ['string', cell] : ['float', digits(cell)])),
);

test.each<[string, FileFormat, string]>([
	[
		'as the recipe Excel in Europe says',
		{ delimiter: 'semicolon', lineFeed: 'crlf', includeBom: true, escapeFormulas: true, dateTimeFormat: 'dd.MM.yyyy' },
		';',
	],
	['with commas between cells', { delimiter: 'comma' }, ','],
	['with every cell in quotes', { quoteMode: 'everything', delimiter: 'semicolon' }, ';'],
	['as TSV', { format: 'tsv' }, '\t'],
])(
	`a German LibreOffice reads ${ROWS} rows of decimal commas as the same numbers: %s`,
	async (_, fileFormat, delimiter) => {
		expect(comparable(await readBack({ ...fileFormat, decimalSeparator: 'comma' }, delimiter))).toEqual(EXPECTED);
	},
);

test('with a point, it takes many of them for text, and some for others a thousand times as large', async () => {
	const rows = await readBack({ delimiter: 'semicolon', decimalSeparator: 'point' }, ';');
	const amounts = rows.map(([, , amount]) => amount);
	expect(amounts.filter((cell) => cell?.[0] === 'string').length).toBeGreaterThan(ROWS / 2);
	const isWrong = (cell: SheetCell | undefined, row: number) =>
		cell?.[0] === 'float' && Number(cell[1]) === 1000 * Number(record(row)[2]);
	expect(amounts.filter(isWrong).length).toBeGreaterThan(100);
});
