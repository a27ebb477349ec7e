import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { SITE_PAGES } from './pages';

/** The Markdown of a page that lists what a folder holds. Links are written as from a file beside the folder. */
export function listing(root: string, folder: string): string {
	if (folder === 'examples') return examples(root);
	const inside = SITE_PAGES.filter(({ source }) => source.startsWith(`${folder}/`));
	const lines = inside.map(
		({ source }) => `- [${titleOf(read(root, source))}](${basename(folder)}/${basename(source)})`,
	);
	return `# Decisions\n\nWhy it is made the way it is, and what was measured or tried before.\n\n${lines.join('\n')}\n`;
}

/** The text of the first heading of level 1. */
export function titleOf(markdown: string): string {
	return /^# (.*)$/m.exec(markdown)?.[1]?.trim() ?? '';
}

interface Workflow {
	readonly name: string;
	readonly nodes: ReadonlyArray<{ readonly type: string; readonly parameters: { readonly content?: string } }>;
}

function examples(root: string): string {
	const rows = globSync('*.json', { cwd: join(root, 'examples') })
		.sort()
		.map((file) => {
			const workflow: Workflow = JSON.parse(read(root, `examples/${file}`));
			return `| **${workflow.name}** | ${purposeOf(workflow)} | [${file}](examples/${file}) |`;
		});
	return `# Example workflows

Download a file, and import it in n8n: make a new workflow, then **⋯ → Import from file**. \`npm run n8n\` has all of them imported, with credentials.

| Workflow | What it does | File |
|---|---|---|
${rows.join('\n')}
`;
}

/** The first paragraph of the workflow's note, below its heading. */
function purposeOf({ nodes }: Workflow): string {
	const note = nodes.find(({ type }) => type.endsWith('.stickyNote'))?.parameters.content ?? '';
	return note.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
}

function read(root: string, file: string): string {
	return readFileSync(join(root, file), 'utf8');
}
