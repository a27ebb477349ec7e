import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Domo } from '../../../nodes/Domo/Domo.node';
import { DomoDataSetTrigger } from '../../../nodes/DomoDataSetTrigger/DomoDataSetTrigger.node';
import { DomoWriteback } from '../../../nodes/DomoWriteback/DomoWriteback.node';
import { AzureBlobSasApi } from '../../../credentials/AzureBlobSasApi.credentials';
import { DomoClientApi } from '../../../credentials/DomoClientApi.credentials';
import { SftpWritebackApi } from '../../../credentials/SftpWritebackApi.credentials';

const ROOT = resolve(__dirname, '../../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const OWN_PAGE = 'https://www.npmjs.com/package/n8n-nodes-domo-writeback';

/** The groups of n8n's node panel (docs.n8n.io, "Node codex files"). */
const CATEGORIES = ['Data & Storage', 'Analytics'];

interface Codex {
	readonly node: string;
	readonly categories: readonly string[];
	readonly alias: readonly string[];
	readonly resources: Readonly<Record<string, ReadonlyArray<{ readonly url: string }>>>;
}

const NODES = [
	['DomoWriteback', new DomoWriteback().description, ['sftp', 'ftp', 'azure', 'adls', 'blob', 'csv', 'parquet', 'etl']],
	['Domo', new Domo().description, ['dataset', 'schema', 'rows', 'query', 'sql', 'etl']],
	['DomoDataSetTrigger', new DomoDataSetTrigger().description, ['dataset', 'schema changed', 'poll', 'etl']],
] as const;

const folderOf = (name: string) => join(ROOT, 'nodes', name);
const codexOf = (name: string): Codex => JSON.parse(readFileSync(join(folderOf(name), `${name}.node.json`), 'utf8'));

/** As GitHub and npm make them. */
const anchors = [...README.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
	heading
		.toLowerCase()
		.replace(/[^\w -]/g, '')
		.replaceAll(' ', '-'),
);

describe.each(NODES)('%s', (name, description, words) => {
	test('belongs to its node, and to groups that n8n shows', () => {
		const { node, categories } = codexOf(name);
		expect(node).toBe(`n8n-nodes-domo-writeback.${description.name}`);
		expect(CATEGORIES).toEqual(expect.arrayContaining([...categories]));
	});

	test('is found by the words that people type, each listed once', () => {
		const { alias } = codexOf(name);
		for (const word of [...words, 'domo']) expect(alias.filter((known) => known.includes(word))).not.toEqual([]);
		expect(new Set(alias).size).toBe(alias.length);
	});

	test('has an icon for light and for dark of its own', () => {
		const { icon } = description;
		if (typeof icon !== 'object') throw new Error('There is one icon for both');
		for (const file of [icon.light, icon.dark]) {
			expect(file).toContain(description.name);
			expect(existsSync(join(folderOf(name), file.replace('file:', '')))).toBe(true);
		}
	});

	test('links to headings that the first page has', () => {
		const links = Object.values(codexOf(name).resources).flat();
		expect(links).not.toEqual([]);
		for (const { url } of links)
			expect(`${OWN_PAGE}#${anchors.find((anchor) => url.endsWith(`#${anchor}`))}`).toBe(url);
	});
});

test.each([new DomoClientApi(), new SftpWritebackApi(), new AzureBlobSasApi()])(
	'$displayName links to the part of the first page that is about it',
	({ displayName, documentationUrl }) => {
		const anchor = displayName.toLowerCase().replaceAll(' ', '-');
		expect(documentationUrl).toBe(`${OWN_PAGE}#${anchor}`);
		expect(anchors).toContain(anchor);
	},
);
