/** A page of the site, and the file of the repository it is made of. */
export interface SitePage {
	/** The path from the root of the repository: a Markdown file, or a folder whose content the page lists. */
	readonly source: string;
	/** The path of the page's folder on the site; the front page has none. */
	readonly path: string;
	/** The name in the sidebar. */
	readonly label: string;
}

/** A group of the sidebar. */
export interface Section {
	readonly label: string;
	readonly pages: readonly SitePage[];
	/** Whether only its label shows until a reader opens it, or one of its pages. */
	readonly collapsed?: boolean;
}

const page = (label: string, path: string, source = `docs/${path}.md`): SitePage => ({ label, path, source });

/** All pages, in the sidebar's order. */
export const SECTIONS: readonly Section[] = [
	{
		label: 'Get started',
		pages: [page('Overview', '', 'README.md'), page('Tutorial', 'tutorial')],
	},
	{
		label: 'Guides',
		pages: [
			page('Recipes', 'recipes'),
			page('Example workflows', 'examples', 'examples'),
			page('Parameters and receipt', 'parameters'),
			page("Move from Domo's connectors", 'migration'),
			page('Run hundreds of DataSets', 'scale'),
			page('Keep it secure', 'security'),
		],
	},
	{
		label: 'When it fails',
		pages: [
			page('Troubleshooting', 'troubleshooting'),
			page('Every message', 'messages'),
			page('Every fault', 'faults'),
			page('Report a vulnerability', 'vulnerabilities', 'SECURITY.md'),
		],
	},
	{
		label: 'Evidence',
		pages: [
			page('Benchmarks', 'benchmarks', 'bench/README.md'),
			page('What needs a live Domo', 'live-domo'),
			page('Changelog', 'changelog', 'CHANGELOG.md'),
		],
	},
	{
		label: 'How it is made',
		collapsed: true,
		pages: [
			page('Contributing', 'contributing', 'CONTRIBUTING.md'),
			page('Decisions', 'decisions', 'docs/decisions'),
			page('Dependencies', 'decisions/dependencies'),
			page('Azure', 'decisions/azure'),
			page('SFTP: publishing', 'decisions/sftp-publishing'),
			page('SFTP: speed', 'decisions/sftp-speed'),
			page('SFTP: verification', 'decisions/sftp-verification'),
			page('Hashing', 'decisions/hashing'),
			page('Format: rows', 'decisions/format'),
			page('Format: bytes', 'decisions/format-bytes'),
			page('n8n Binary File', 'decisions/binary'),
			page('Conditions on rows', 'decisions/rows'),
			page('The node Domo', 'decisions/domo-node'),
			page('Trigger', 'decisions/trigger'),
			page('Tests', 'decisions/tests'),
			page('Release', 'decisions/release'),
		],
	},
];

export const SITE_PAGES: readonly SitePage[] = SECTIONS.flatMap(({ pages }) => pages);
