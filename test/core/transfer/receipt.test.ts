import { leftoverNotes, type Receipt, type Skipped, withLeftoverNotes } from '../../../core/transfer/receipt';

const HEADER = {
	dataSetId: 'id',
	dataSetName: 'Sales',
	destination: 'sftp',
	target: 'sftp://partner/Sales.csv',
	fileName: 'Sales.csv',
	startedAt: '2026-01-01T00:00:00.000Z',
	durationMs: 1,
} as const;
const SKIPPED: Skipped = {
	...HEADER,
	skipped: 'noRows',
	skippedNote: 'There are no rows to write.',
	notes: ['A note.'],
};

test('a receipt without a file names what earlier tries left behind, behind its own notes', () => {
	expect(withLeftoverNotes(SKIPPED, ['.Sales.part'], 'sftp').notes).toEqual([
		'A note.',
		'.Sales.part of an interrupted try could not be removed; if it is still there, a later writeback to this target removes it.',
	]);
});

test('what the last try has removed is not named', () => {
	const receipt = { ...SKIPPED, orphansRemoved: ['.Sales.part'] } as unknown as Receipt;
	expect(withLeftoverNotes(receipt, ['.Sales.part'], 'sftp').notes).toEqual(['A note.']);
});

test('what n8n keeps goes with the execution', () => {
	expect(leftoverNotes(['database:1'], 'binary')).toEqual([
		'database:1 could not be removed; n8n removes it with this execution.',
	]);
});
