import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Entry, Messages } from './reading/entries';
import { isReason, REASONS } from './reading/reasons';
import { markdownOf, sampleOf } from './reading/template';

const FILE = resolve(__dirname, '../../docs/messages.md');

const HEAD = `# Every message, and what to do about it

Search this page for the message that you see. Words in *italics* are placeholders, and text in [brackets] isn't always present. n8n shows the message as the title of an error, and what to do as its description. On the error output they are \`error\` and \`details.hint\`, and the headings on this page are \`details.reason\`. The column *Retried* says whether the node itself tries the writeback again, up to Transfer → 'Max Tries'.

Unless the message says otherwise, the target is unchanged. Text that isn't on this page comes from n8n itself.
`;

const ADDITIONS = `## Additions to what to do

If a part file couldn't be removed, some of several files are already in place, a publication may have been done, or a writeback ends before it has published anything, what to do ends with one of these sentences:
`;

const TABLE = ['| Message | What to do | Retried |', '|---|---|---|'];

/** Compares the page with what the source says; with UPDATE_MESSAGES=1 it is written anew instead. */
export async function checkPage(messages: Messages): Promise<void> {
	const page = pageOf(messages);
	if (process.env.UPDATE_MESSAGES === '1') await writeFile(FILE, page);
	expect(await readFile(FILE, 'utf8').catch(() => 'There is no docs/messages.md: run with UPDATE_MESSAGES=1')).toBe(
		page,
	);
}

function pageOf({ entries, additions }: Messages): string {
	const reasons = Object.keys(REASONS).filter(isReason);
	const links = reasons.map((reason) => `[\`${reason}\`](#${reason.toLowerCase()})`).join(' · ');
	const sections = reasons.map((reason) => {
		const lines = entries
			.filter((entry) => entry.reason === reason)
			.sort((one, other) => (sortKeyOf(one) < sortKeyOf(other) ? -1 : 1))
			.map(lineOf);
		return [`## ${reason}`, '', REASONS[reason], '', ...TABLE, ...lines, ''].join('\n');
	});
	const more = [ADDITIONS, ...additions.map((addition) => `- ${markdownOf(addition)}`), ''].join('\n');
	return [HEAD, `${links}\n`, ...sections, more].join('\n');
}

/** What begins with a field's label stands beside what else is said of this field. */
function sortKeyOf({ reason, message, from }: Entry): string {
	return (reason === 'setting' ? '' : from) + sampleOf(message).toLowerCase();
}

function lineOf({ message, hint, retryable }: Entry): string {
	return `| ${markdownOf(message)} | ${markdownOf(hint)} | ${retryable ? 'yes' : 'no'} |`;
}
