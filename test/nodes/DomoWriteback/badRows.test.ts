import { expectNothingSent } from './nothingSent';
import { aRowsBench, SALES, where } from './rowsScene';

const { bench, written } = aRowsBench();

const yields = (value: unknown) => `={{ ${JSON.stringify(value)} }}`;

test.each([
	['an unknown column', where('Amount', 'is', '1'), /has no column "Amount"/, /Did you mean "amount"\?/],
	['an operator of text', where('amount', 'contains', '1'), /which doesn't support Contains/, /text column/],
	['a value of another type', where('amount', 'is', '1,5'), /"1,5" is not a decimal number/, /19\.90/],
	['no column', where('', 'is', '1'), /one condition has no column/, /from the list/],
	['a value that is empty', where('id', 'is', yields('')), /the condition on "id" has no value/, /Is Empty/],
	['a value that is nothing', where('id', 'is', '={{ $json.no }}'), /the condition on "id" has no value/, /Is Empty/],
	['a list that is empty', where('id', 'isOneOf', yields([])), /the condition on "id" has no value/, /Is Empty/],
	['half a range', where('id', 'between', '1', ''), /the condition on "id" has no value/, /Is Empty/],
	['a range that ends before it begins', where('id', 'between', '2', '1'), /no value is between "2" and "1"/, /lower/],
	['a number that was rounded', where('id', 'is', '={{ 9007199254740993 }}'), /more digits than n8n keeps/, /text/],
	['no conditions', { conditions: yields([]) }, /there are none, so every row/, /Add a condition/],
])('%s is refused before anything is sent', async (_, rows, says, hint) => {
	const { outcome, place } = await written(rows);
	expect(outcome.run.error).toMatchObject({
		type: 'setting',
		message: expect.stringMatching(/^Conditions: /),
		description: expect.stringMatching(hint),
	});
	expect(outcome.run.error?.message).toMatch(says);
	expect(outcome.asked.exports).toBe(0);
	expect(await place.names()).toEqual([]);
});

test.each([
	['a limit of nothing', { rows: { limit: yields(0) } }, /^Limit: it must be a whole number/, /e\.g\. to 50/],
	['a time zone on Mars', { rows: { limit: 1, timeZone: yields('Mars') } }, /^Time Zone: there is no/, /IANA/],
	['an unknown operator', { rows: where('id', yields('like'), '1') }, /^Operator: there is no such/, /contains/],
	[
		'Skip where files are written in place',
		{ publishing: { ifNoRows: 'skip', temporaryName: 'none' } },
		/^If No Rows: Skip keeps the old file, but None: Write in Place in 'Temporary Name' would overwrite it/,
		/Write the File/,
	],
])('%s is refused before Domo is asked', async (_, parameters, says, hint) => {
	await expectNothingSent(bench(), 'sftp', { dataSetId: SALES.id, parameters, says, hint });
});
