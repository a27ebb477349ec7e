import type { IExecuteFunctions } from 'n8n-workflow';
import { ExecuteContext } from 'n8n-core';
import { createProgressReporter } from '../../../nodes/DomoWriteback/progressReporter';
import * as dataSets from '../../../sandbox/domo/dataSets';
import { type Bench, byId, receiptOf, startBench } from './bench';

/** Where n8n would show or log, with a clock that the test moves on. */
function listener() {
	const [editor, log]: [string[], string[]] = [[], []];
	const n8n = {
		sendMessageToUI: (text: string) => editor.push(text),
		logger: { info: (text: string) => log.push(text), warn: (text: string) => log.push(text) },
	};
	return { editor, log, reporter: createProgressReporter(n8n as unknown as IExecuteFunctions, 3) };
}

describe('while a file is written', () => {
	beforeEach(() => jest.useFakeTimers());
	afterEach(() => jest.useRealTimers());

	test('the editor hears each second, the log each half minute, with the rate of the time between', () => {
		const { editor, log, reporter } = listener();
		for (let second = 1; second <= 60; second += 0.25) {
			jest.advanceTimersByTime(250);
			const bytes = second * 2_000_000;
			reporter.onProgress?.({ bytes, rows: second * 1000, rowsExpected: 120_000 });
		}
		expect(editor.length).toBeGreaterThanOrEqual(58);
		expect(editor.length).toBeLessThanOrEqual(60);
		expect(editor.at(-1)).toMatch(
			/^Domo Writeback, item 3: 1\d\d\.\d MB, \d\d,\d{3} of 120,000 rows \(4\d %\), 2\.0 MB\/s$/,
		);
		expect(log).toEqual([
			expect.stringMatching(/^Domo Writeback, item 3: .* MB, .* of 120,000 rows \(2\d %\), 2\.\d MB\/s$/),
		]);
	});

	test('another try starts from nothing, also in the rate', () => {
		const { editor, reporter } = listener();
		jest.advanceTimersByTime(1000);
		reporter.onProgress?.({ bytes: 50_000_000, rows: 10 });
		jest.advanceTimersByTime(1000);
		reporter.onProgress?.({ bytes: 1_000_000, rows: 1 });
		expect(editor).toEqual([
			'Domo Writeback, item 3: 50.0 MB, 10 rows, 50.0 MB/s',
			'Domo Writeback, item 3: 1.0 MB, 1 row, 1.0 MB/s',
		]);
	});

	test('more rows than Domo lists are not more than all, and none of none are all', () => {
		const { editor, reporter } = listener();
		for (const [rows, rowsExpected] of [
			[11, 10],
			[0, 0],
		] as const) {
			jest.advanceTimersByTime(1000);
			reporter.onProgress?.({ bytes: 0, rows, rowsExpected });
		}
		expect(editor.map((text) => /\(.*\)/.exec(text)?.[0])).toEqual(['(100 %)', '(100 %)']);
	});
});

describe('in an execution', () => {
	const dataSet = dataSets.large({ bytes: 12_000_000, name: 'Progress' });
	let bench: Bench;
	beforeAll(async () => {
		bench = await startBench([dataSet]);
	}, 120_000);
	afterAll(async () => await bench?.close());

	/** Writes it; resolves to the receipt, what the editor heard and what was logged. */
	async function written(fileFormat = {}) {
		const [told, logged]: [string[], string[]] = [[], []];
		const { logger } = ExecuteContext.prototype;
		const spy = jest.spyOn(logger, 'info').mockImplementation((text) => void logged.push(text));
		try {
			const { parameters } = await bench.place('sftp');
			const onProgress = (message: unknown) => void told.push(String(message));
			const wish = { parameters: { ...parameters, dataSet: byId(dataSet.id), fileFormat }, onProgress };
			return { receipt: receiptOf(await bench.run(wish)), told, logged };
		} finally {
			spy.mockRestore();
		}
	}

	test('a manual run tells its user how far it is', async () => {
		bench.domo.fault(dataSet.id, { kind: 'rate', bytesPerSecond: 4_000_000 });
		const { told } = await written().finally(() => bench.domo.fault(dataSet.id, 'none'));
		expect(told.length).toBeGreaterThanOrEqual(1);
		for (const text of told)
			expect(text).toMatch(/^Domo Writeback, item 0: \d+\.\d MB, [\d,]+ of [\d,]+ rows \(\d+ %\), \d+\.\d MB\/s$/);
	});

	test('the log gets a line for each file, with its address and no secret', async () => {
		const { receipt, logged } = await written({ splitMegabytes: 5 });
		const lines = logged.filter((text) => text.startsWith('Domo Writeback'));
		const files = receipt.files as Array<{ target: string }>;
		expect(files.length).toBeGreaterThanOrEqual(2);
		expect(lines).toEqual(
			files.map(({ target }) => expect.stringContaining(`Domo Writeback, item 0: wrote ${target} (`)),
		);
		expect(lines[0]).toMatch(/\(\d+\.\d MB, [\d,]+ rows, verified, in \d+\.\d s, \d+\.\d MB\/s\)$/);
	});
});
