import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columns } from '../../sandbox/domo/dataSet';
import { table } from '../../sandbox/domo/table';
import { receiptOf } from '../nodes/DomoWriteback/bench';
import { together } from './axes';
import { readNulls } from './readers/duckDb';
import type { FileFormat } from './settings';
import { openSpot } from './spot';
import { type Stage, startStage } from './stage';

const ROWS = [
	['1', 'plain', '1.50', '2019-03-19'],
	['2', 'a,"b"', null, null],
	['3', '', '-0.10', '2019-03-20'],
	[null, null, '7', 'NULL'],
];

const dataSet = table({
	name: 'Four rows',
	columns: columns({ id: 'LONG', 'a "text"': 'STRING', amount: 'DECIMAL', day: 'DATE' }),
	rows: ROWS.length,
	record: (index) => ROWS[index] ?? [],
});

let stage: Stage;
beforeAll(async () => {
	stage = await startStage([dataSet]);
}, 180_000);
afterAll(async () => await stage?.close());

/** Changes no cell here, but every cell is looked at on its way. */
const byCell: FileFormat = { escapeFormulas: true };

async function written(fileFormat: FileFormat): Promise<string> {
	const spot = await openSpot('sftp', stage.bench);
	const settings = together([{ fileFormat: { format: 'csv', ...fileFormat } }]);
	receiptOf(await stage.write({ dataSet, settings, spot }));
	return String(await spot.read((await spot.paths())[0] ?? ''));
}

const TEXTS: ReadonlyArray<readonly [FileFormat['quoteMode'], string]> = [
	['needed', 'id,"a ""text""",amount,day\n1,plain,1.50,2019-03-19\n2,"a,""b""",,\n3,"",-0.10,2019-03-20\n,,7,NULL\n'],
	[
		'allText',
		'"id","a ""text""","amount","day"\n1,"plain",1.50,"2019-03-19"\n2,"a,""b""",,\n3,"",-0.10,"2019-03-20"\n,,7,"NULL"\n',
	],
	[
		'everything',
		'"id","a ""text""","amount","day"\n"1","plain","1.50","2019-03-19"\n"2","a,""b""",,\n"3","","-0.10","2019-03-20"\n,,"7","NULL"\n',
	],
];

test.each(TEXTS)('the quote mode %s puts quotes where it says', async (quoteMode, text) => {
	expect(await written({ quoteMode })).toBe(text);
	expect(await written({ quoteMode, ...byCell })).toBe(text);
});

test('without quotes, what would need them is escaped', async () => {
	const text = 'id,a "text",amount,day\n1,plain,1.50,2019-03-19\n2,a\\,"b",,\n3,,-0.10,2019-03-20\n,,7,NULL\n';
	expect(await written({ quoteMode: 'never', escapeCharacter: '\\' })).toBe(text);
});

test.each(
	['', 'NULL'].flatMap((nullValue) =>
		(['needed', 'allText', 'everything'] as const).map((mode) => [nullValue, mode] as const),
	),
)('a reader tells null, written as "%s", from text (%s)', async (nullValue, quoteMode) => {
	const path = join(stage.folder, `${nullValue}-${quoteMode}.csv`);
	await writeFile(path, await written({ nullValue, quoteMode }));
	expect(await readNulls(path, nullValue)).toEqual(ROWS);
});
