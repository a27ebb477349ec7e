import { choicesOf, CREDENTIALS, type Field, FIELDS, fieldsOf, LABELS, NODES } from './labels';
import { rowsBelow, textOf } from './markdown';

/** The fields of Domo's two connectors, as their current help pages call them; in the order of the panes. */
const DOMO_FIELDS = [
	...['Domo Client ID', 'Domo Client Secret', 'Hostname', 'Port', 'Username', 'Password', 'SSH Private Key'],
	...['Passphrase', 'Input DataSet ID', 'Path', 'Select Filename', 'Use Input DataSet Name', 'Filename', 'Date Format'],
	...['Include Advanced Functions', 'Enter File Extension', 'Enter Delimiter', 'Enter Quote Character'],
	...['Choose the Escape Character', 'Enter Line Feed Delimiter', 'File Encoding', 'Skip Headers'],
	...['Account Name', 'Shared Access Signature (SAS) Token'],
	...['Blob Containers', 'Input DataSet ID', 'Select Filename', 'Filename'],
	...['Scheduling', 'Retry', 'Update options', 'Name & Describe Your DataSet'],
];

const moved = rowsBelow('docs/migration.md', 'In Domo', 'Here');
const gained = rowsBelow('docs/migration.md', 'You get', 'By');
const recipes = rowsBelow('docs/recipes.md', 'Setting', 'Value');
const bold = (cell = '') => [...cell.matchAll(/\*\*([^*]+)\*\*/g)].map(([, label = '']) => label);

test("docs/migration.md has every field of Domo's connectors, in their order", () => {
	const found = moved.map(([domo = '']) => domo);
	expect(found.filter((field) => DOMO_FIELDS.includes(field))).toEqual(DOMO_FIELDS);
});

test.each([...moved, ...gained].flatMap(([, ...ours]) => bold(ours.join())))(
	'what docs/migration.md calls %s is called so in the editor',
	(label) => expect(LABELS).toContain(label),
);

test.each(moved)('docs/migration.md says where %s is, or that it has no counterpart', (_, here = '') => {
	expect(here).not.toBe('');
});

test.each(recipes)('docs/recipes.md sets %s to %s, as the editor lets it', (setting = '', value = '') => {
	const path = setting.split(' → ');
	const property = FIELDS.find((field) => `${field.path}` === `${path}`)?.property;
	const isCredential = NODES.some(({ credentials = [] }) => credentials.some((of) => of.displayName === setting));
	expect(property !== undefined || isCredential).toBe(true);
	if (property?.type === 'boolean') expect(['on', 'off']).toContain(value);
	if (property?.type === 'number') expect(value).toMatch(/^\d+$/);
	const choices = property === undefined ? [] : choicesOf(property);
	// Behind a comma comes another choice, or what is typed there.
	if (choices.length > 0)
		for (const choice of value.replace(/, `.*`$/, '').split(', ')) expect(choices).toContain(choice);
});

test.each(['README.md', 'docs/parameters.md'])('%s names every field of Domo Writeback', (page) => {
	const [writeback] = NODES;
	expect(missingIn(page, fieldsOf(writeback?.properties ?? []))).toEqual([]);
});

test('README.md names every field of the credentials', () => {
	expect(
		missingIn(
			'README.md',
			CREDENTIALS.flatMap(({ properties }) => fieldsOf(properties)),
		),
	).toEqual([]);
});

/** Labels of these fields that the page doesn't have. */
function missingIn(page: string, fields: readonly Field[]): string[] {
	const text = textOf(page);
	// The names and values of pairs say nothing without their pair.
	const labels = fields.filter(({ path }) => path.length < 3).map(({ path }) => path.at(-1) ?? '');
	return labels.filter((label) => !text.includes(label));
}
