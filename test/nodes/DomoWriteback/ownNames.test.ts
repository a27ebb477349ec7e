import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, startBench } from './bench';
import { expectNothingSent } from './nothingSent';
import { KINDS } from './places';

const DATA_SET = dataSets.wide(3, 25, { name: 'Own names' });

let bench: Bench;
beforeAll(async () => {
	bench = await startBench([DATA_SET]);
}, 120_000);
afterAll(async () => await bench?.close());

interface Wish {
	readonly filename?: string;
	readonly doneFileName?: string;
	readonly publishing?: IDataObject;
	readonly fileFormat?: IDataObject;
}

function parametersOf({ filename = 'sales.csv', doneFileName, publishing, fileFormat = {} }: Wish): IDataObject {
	return {
		selectFilename: 'filename',
		filename,
		publishing: { doneFile: 'empty', ...(doneFileName !== undefined && { doneFileName }), ...publishing },
		fileFormat,
	};
}

const SPLIT = { splitRows: 10 };

/** Names that are the same on some server, whatever the DataSet. */
const SAME: ReadonlyArray<readonly [what: string, wish: Wish]> = [
	['the name of the file', { doneFileName: 'sales.csv' }],
	['the name of a manifest', { doneFileName: 'sales.csv', publishing: { doneFile: 'manifest' } }],
	['upper case', { doneFileName: 'SALES.CSV' }],
	['a letter in its other Unicode form', { filename: 'umsätze.csv', doneFileName: 'umsa\u0308tze.csv' }],
	['a dot at its end, which Windows drops', { doneFileName: 'sales.csv.' }],
	[
		'spaces and dots at its end',
		{ filename: 'sales', fileFormat: { fileExtension: 'csv' }, doneFileName: 'sales.csv ..' },
	],
	[
		'the same macros',
		{ filename: '<data_set_name>_<updated_at>.csv', doneFileName: '<data_set_name>_<updated_at>.csv' },
	],
	['the name of the first part', { doneFileName: 'sales-00001.csv', fileFormat: SPLIT }],
	['the name of a later part', { doneFileName: 'Sales-00003.csv', fileFormat: SPLIT }],
	['the name of a part that may never be', { doneFileName: 'sales-100000.csv', fileFormat: SPLIT }],
	[
		'the name of a part that the user names',
		{ filename: '<part>x<part>', doneFileName: '00007x00007.csv', fileFormat: SPLIT },
	],
	['the name with a number', { doneFileName: 'sales-2.csv', publishing: { ifExists: 'addNumber' } }],
	[
		'a part with a number',
		{ doneFileName: 'sales-12-00002.csv', publishing: { ifExists: 'addNumber' }, fileFormat: SPLIT },
	],
	['the extension of done files on the data', { filename: 'sales.done' }],
	[
		'the extension of manifests on the data',
		{ fileFormat: { fileExtension: 'manifest.json' }, publishing: { doneFile: 'manifest' } },
	],
];

describe.each(KINDS)('to %s', (kind) => {
	test.each(SAME)('a done file with %s is refused before anyone is asked', async (_, wish) => {
		await expectNothingSent(bench, kind, {
			dataSetId: DATA_SET.id,
			parameters: parametersOf(wish),
			says: /^Done File Name: the data file would have the same name/,
			hint: /_SUCCESS/,
		});
	});

	test.each(['replace', 'fail', 'skip', 'addNumber'])('neither does If Exists %s empty the file', async (ifExists) => {
		await expectNothingSent(bench, kind, {
			dataSetId: DATA_SET.id,
			parameters: parametersOf({ doneFileName: 'sales.csv', publishing: { ifExists } }),
			says: /^Done File Name: /,
			hint: /./,
		});
	});

	test('a done file whose macros come to the name of the file is refused before data is asked for', async () => {
		const place = await bench.place(kind);
		const wish = parametersOf({ filename: 'Own names', doneFileName: '<data_set_name>.CSV' });
		const { run, asked } = await bench.run({
			parameters: { ...place.parameters, dataSet: byId(DATA_SET.id), ...wish },
		});
		expect(run.error).toMatchObject({ type: 'setting', message: expect.stringMatching(/^Done File Name: /) });
		expect(asked.exports).toBe(0);
		expect(await place.names()).toEqual([]);
	});

	test.each<[string, Wish, readonly string[]]>([
		['another name', { doneFileName: '_SUCCESS' }, ['_SUCCESS', 'sales.csv']],
		['a number where none is added', { doneFileName: 'sales-2.csv' }, ['sales-2.csv', 'sales.csv']],
		[
			'fewer digits than a part has',
			{ doneFileName: 'sales-3.csv', fileFormat: SPLIT },
			['sales-00001.csv', 'sales-00002.csv', 'sales-00003.csv', 'sales-3.csv'],
		],
		[
			'two different numbers where a part has one',
			{ filename: '<part>x<part>', doneFileName: '00001x00002.csv', fileFormat: SPLIT },
			['00001x00001.csv', '00001x00002.csv', '00002x00002.csv', '00003x00003.csv'],
		],
	])('a done file with %s is written beside the data', async (_, wish, names) => {
		const place = await bench.place(kind);
		const parameters = { ...place.parameters, dataSet: byId(DATA_SET.id), ...parametersOf(wish) };
		const { run } = await bench.run({ parameters });
		expect(run.error).toBeUndefined();
		expect((await place.names()).sort()).toEqual(names);
	});
});
