import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { executed, type Execution } from '../execution';
import type { Stage } from './stage';

const COPY = 'New Rows to SFTP';
const KEEP = 'Keep Where It Ended';

/** After a first run that has copied all rows: what later runs copy of a DataSet that grows, and what a run that broke off leaves to the next one. */
export async function onlyNewRows(first: Execution, stage: Stage): Promise<void> {
	const [{ dataSetId, rows }] = first.items(COPY) as [{ dataSetId: string; rows: number }];
	const { sandbox, editor, channel } = stage;
	const heard = channel.heard.length;
	const run = async () => await stage.run('onlyNewRows');
	const grow = (to: number) => sandbox.domo.touch(dataSetId, { rows: to });
	const idsIn = (file: string) => {
		const [header, ...lines] = readFileSync(join(sandbox.sftp.root, 'new-rows', file), 'utf8')
			.trim()
			.split('\n');
		expect(header).toMatch(/^id,/);
		return lines.map((line) => Number(line.split(',')[0]));
	};
	try {
		expect(first.items(KEEP)).toMatchObject([{ dataSetId, column: 'id', value: String(rows) }]);
		const quiet = await run();
		expect(quiet.items(COPY)).toMatchObject([{ skipped: 'noRows', highest: { column: 'id', value: null } }]);
		expect([quiet.status, quiet.items(KEEP)]).toEqual(['success', []]);
		grow(rows + 3);
		const third = await run();
		expect(third.items(COPY)).toMatchObject([{ rows: 3, rowsRead: rows + 3, fileName: `after_${rows}.csv` }]);
		expect(idsIn(`after_${rows}.csv`)).toEqual([rows + 1, rows + 2, rows + 3]);
		// An export that Domo refuses: nothing is stored, and the next run begins where this one did.
		grow(rows + 4);
		sandbox.domo.fault(dataSetId, 'forbidden');
		expect((await run()).status).toBe('error');
		sandbox.domo.fault(dataSetId, 'none');
		// A process that dies behind the file: its rows come once more, in a file of the same name.
		await executed(editor, 'onlyNewRows', { destinationNode: { nodeName: COPY, mode: 'inclusive' } });
		expect(idsIn(`after_${rows + 3}.csv`)).toEqual([rows + 4]);
		grow(rows + 5);
		const last = await run();
		expect(last.items(KEEP)).toMatchObject([{ value: String(rows + 5) }]);
		expect(idsIn(`after_${rows + 3}.csv`)).toEqual([rows + 4, rows + 5]);
		// None of these runs had anything to report; one whose rows PDP hides stores nothing, and reports it.
		expect(channel.heard).toHaveLength(heard);
		grow(rows + 6);
		sandbox.domo.fault(dataSetId, { kind: 'pdp', hiddenRows: 1 });
		expect((await run()).items(KEEP)).toEqual([]);
		expect(channel.heard.slice(heard)).toEqual([{ text: expect.stringContaining('PDP is on') }]);
	} finally {
		sandbox.domo.fault(dataSetId, 'none');
		grow(rows);
	}
}
