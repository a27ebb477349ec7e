import type { IDataObject } from 'n8n-workflow';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { guid } from '../../../sandbox/domo/dataSet';
import { type Bench, byId, receiptOf, startBench } from './bench';
import { KINDS } from './places';

/** Names of DataSets, and the file each may become. Domo lets a user type nearly anything. */
const NAMES: ReadonlyArray<readonly [name: string, file: string]> = [
	['Sales', 'Sales.csv'],
	['Sales 2025 (EMEA)', 'Sales 2025 (EMEA).csv'],
	['../../etc/passwd', '_etc_passwd.csv'],
	['..', `${guid('..')}.csv`],
	['\u0000\u202E', `${guid('\u0000\u202E')}.csv`],
	['/absolute', '_absolute.csv'],
	['back\\slash\\..\\up', 'back_slash_up.csv'],
	['line\nbreak\tand\u0000null', 'line_break_and_null.csv'],
	['right\u202Eto\u2066left', 'right_to_left.csv'],
	['what? a:b|c*<d>"e"', 'what_ a_b_c_d_e_.csv'],
	['CON', '_CON.csv'],
	['com1.old', '_com1.old.csv'],
	['ends with a dot.', 'ends with a dot.csv'],
	['.hidden', '_hidden.csv'],
	['x'.repeat(300), `${'x'.repeat(175)}.csv`],
	['漢字'.repeat(150), `${'漢字'.repeat(29)}.csv`],
	['🙂 100 % of "it\'s"', "🙂 100 % of _it's_.csv"],
	['report.csv', 'report.csv.csv'],
];

const named = NAMES.map(([name, file]) => ({ dataSet: dataSets.oneRow({ name }), file }));

const TYPED: ReadonlyArray<readonly [typed: string, file: string]> = [
	['sales', 'sales.csv'],
	['sales.csv', 'sales.csv'],
	['sales.CSV', 'sales.CSV'],
	['sales.txt', 'sales.txt'],
	['  sales  ', 'sales.csv'],
	['.sales', '.sales.csv'],
	['sales.', 'sales.csv'],
	['Q1. results', 'Q1. results.csv'],
	['v1.2', 'v1.2.csv'],
	['={{ "umsatz_20.11.2026" }}', 'umsatz_20.11.2026.csv'],
	['={{ "sales" + ".txt" }}', 'sales.txt'],
	['={{ "v1.2" }}.dat', 'v1.2.dat'],
	['Größe 尺寸', 'Größe 尺寸.csv'],
	['a & b; c=d #1 100%', 'a & b; c=d #1 100%.csv'],
	['x'.repeat(196), `${'x'.repeat(196)}.csv`],
];

let bench: Bench;
beforeAll(async () => {
	bench = await startBench(named.map(({ dataSet }) => dataSet));
}, 120_000);
afterAll(async () => await bench?.close());

describe.each(KINDS)('to %s', (kind) => {
	test('the DataSet ID names the file unless another choice is made', async () => {
		const place = await bench.place(kind);
		const { id } = named[0]!.dataSet;
		receiptOf(await bench.run({ parameters: { ...place.parameters, dataSet: byId(id) } }));
		expect(await place.names()).toEqual([`${id}.csv`]);
	});

	test.each(named)('a DataSet named $dataSet.name becomes the file $file', async ({ dataSet: { id, name }, file }) => {
		const place = await bench.place(kind);
		const parameters = { ...place.parameters, dataSet: byId(id), selectFilename: 'dataSetName' };
		const receipt = receiptOf(await bench.run({ parameters }));
		expect(receipt).toMatchObject({ dataSetName: name.length > 255 ? `${name.slice(0, 254)}…` : name, fileName: file });
		expect(receipt.target).toBe(place.address + encodeURIComponent(file));
		expect(await place.names()).toEqual([file]);
	});

	test.each(TYPED)('typed as %j it becomes the file %j', async (filename, file) => {
		const place = await bench.place(kind);
		const dataSet = byId(named[0]!.dataSet.id);
		const parameters = { ...place.parameters, dataSet, selectFilename: 'filename', filename };
		expect(receiptOf(await bench.run({ parameters })).fileName).toBe(file);
		expect(await place.names()).toEqual([file]);
	});

	test('a dotted date of a macro leaves the extension, parts and done files alone', async () => {
		const place = await bench.place(kind);
		const dataSet = byId(named[0]!.dataSet.id);
		const parameters = {
			...{ ...place.parameters, dataSet, dateFormat: 'dd.MM.yyyy' },
			...{ selectFilename: 'filename', filename: 'umsatz_<updated_at>' },
			...{ fileFormat: { splitRows: 10 }, publishing: { doneFile: 'empty' } },
		};
		receiptOf(await bench.run({ parameters }));
		const date = String.raw`\d\d\.\d\d\.\d{4}`;
		expect((await place.names()).sort()).toEqual([
			expect.stringMatching(new RegExp(`^umsatz_${date}-00001\\.csv$`)),
			expect.stringMatching(new RegExp(`^umsatz_${date}\\.done$`)),
		]);
	});

	test('a switch is understood however an expression spells it', async () => {
		const place = await bench.place(kind);
		const bytesWith = async (fileFormat: IDataObject) => {
			const dataSet = byId(named[0]!.dataSet.id);
			return receiptOf(await bench.run({ parameters: { ...place.parameters, dataSet, fileFormat } })).bytes;
		};
		const [on, off] = [await bytesWith({ skipHeader: true }), await bytesWith({})];
		expect(on).not.toBe(off);
		for (const spelt of ['TRUE', 'yes', 1])
			expect(await bytesWith({ skipHeader: `={{ ${JSON.stringify(spelt)} }}` })).toBe(on);
		for (const spelt of ['False', 'no', 0])
			expect(await bytesWith({ skipHeader: `={{ ${JSON.stringify(spelt)} }}` })).toBe(off);
	});
});
