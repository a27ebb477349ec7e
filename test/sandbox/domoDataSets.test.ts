import type { SandboxDataSet } from '../../sandbox/domo/domo';
import { digest } from '../../sandbox/domo/domo';
import * as factories from '../../sandbox/domo/dataSets';

const text = async (of: SandboxDataSet, header = true, rows = of.rows) => {
	const chunks: Buffer[] = [];
	for await (const chunk of of.csv({ header, rows })) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
};
/** Records by the letter of the format: a newline counts where no quote is open. */
const records = (csv: string) => {
	const all = csv
		.split('"')
		.map((part, index) => (index % 2 ? part.replaceAll('\n', ' ') : part))
		.join('"')
		.split('\n');
	return all.at(-1) === '' ? all.slice(0, -1) : all;
};

it.each([
	['awkward', factories.awkward(), 12],
	['awkward with \\N', factories.awkwardNulls(), 12],
	['empty', factories.empty(), 0],
	['one row', factories.oneRow(), 1],
	['no final newline', factories.noFinalNewline(), 3],
	['wide', factories.wide(), 20],
	['large', factories.large({ bytes: 1_000_000 }), 11_716],
	['many quotes', factories.manyQuotes({ bytes: 1_000_000 }), undefined],
])('%s lists the rows it sends and is the same every time', async (_, of, rows) => {
	const csv = await text(of);
	expect(of.rows).toBe(rows ?? of.rows);
	expect(records(csv)).toHaveLength(of.rows + 1);
	expect(await text(of)).toBe(csv);
	expect((await digest(of)).bytes).toBe(Buffer.byteLength(csv));
});

it('awkward cells have every case of the facts', async () => {
	const csv = await text(factories.awkward());
	const cases = [
		'Order ID,order id,Discount %,"Size ""inch""","Customer\'s note, free text",Größe 尺寸',
		'"5"" x 7"""',
		'"a,b"',
		'"first line\nsecond line"',
		'"first line\r\nsecond line\r\n"',
		'0,nulls,,,,,,,\n',
		'1,"",100,"","","",',
		'😀',
		'9007199254740993,',
		',10.50,',
		'2019-03-19T18:49:02',
		'2019-03-19 18:49:02',
		',=1+1,',
		',+49 30',
		',-2+3,',
		',@SUM(',
	];
	expect(cases.filter((part) => !csv.includes(part))).toEqual([]);
	expect(await text(factories.awkwardNulls())).toContain('0,nulls,\\N,\\N,\\N,\\N,\\N,\\N,\\N\n');
});

it('the small ones end as they are named', async () => {
	expect(await text(factories.empty())).toBe('id,name,amount\n');
	expect(await text(factories.noFinalNewline())).toMatch(/2\.50$/);
	expect(records(await text(factories.wide()))[0]?.split(',')).toHaveLength(1500);
});

it.each([
	['large', factories.large],
	['many quotes', factories.manyQuotes],
])('%s has the size that was asked for, and no two records alike', async (_, factory) => {
	for (const bytes of [0, 100, 1_000, 345_678, 3_000_000]) {
		const of = factory({ bytes });
		const csv = await text(of);
		expect(of.bytes).toBe(Buffer.byteLength(csv));
		expect(of.bytes).toBeGreaterThanOrEqual(bytes);
		expect(of.bytes).toBeLessThan(bytes + 150);
		const numbers = records(csv)
			.slice(1)
			.map((record) => record.slice(0, 13));
		expect(numbers).toEqual(numbers.map((_, index) => String(1_000_000_000_000 + index)));
	}
});

it('the first rows of a large one are the same however many are wanted', async () => {
	const of = factories.large({ bytes: 1_000_000 });
	const all = await text(of, false);
	for (const rows of [0, 1, 999, 1000, 1001, 2500]) {
		const some = await text(of, false, rows);
		expect(all.startsWith(some)).toBe(true);
		expect(records(some)).toHaveLength(rows);
	}
});

it('a chunk stays as it was when the next one is made', async () => {
	const of = factories.large({ bytes: 1_000_000 });
	const chunks = [];
	const copies = [];
	for await (const chunk of of.csv({ header: true, rows: of.rows })) {
		chunks.push(chunk);
		copies.push(Buffer.from(chunk));
	}
	expect(Buffer.concat(chunks).equals(Buffer.concat(copies))).toBe(true);
});

it('a catalogue has names with apostrophes, and every DataSet its own ID in the form of a GUID', () => {
	const all = factories.catalogue();
	expect(all.length).toBeGreaterThan(120);
	expect(all.filter(({ name }) => name.includes("'")).length).toBeGreaterThan(30);
	expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
	for (const { id } of all) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
});
