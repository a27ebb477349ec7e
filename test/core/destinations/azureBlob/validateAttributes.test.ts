import { validateAttributes } from '../../../../core/destinations/azureBlob/validateAttributes';
import type { Attributes } from '../../../../core/destinations/destination';
import { targetOf } from '../../../target';

const sasOf = (permissions: string) => ({ token: 'sig=x', scope: 'account', permissions, httpsOnly: true }) as const;
const check = (attributes: Partial<Attributes>, permissions = 'rwct'): void =>
	validateAttributes(targetOf({ attributes }).attributes, sasOf(permissions));
const many = (count: number): Record<string, string> =>
	Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, 'value']));

test.each<[string, Partial<Attributes>]>([
	['nothing', {}],
	['every kind of metadata', { metadata: { a: '', _b2: 'x y', Camel: '{"json": 1}' } }],
	['ten tags', { tags: many(10) }],
	['the longest tag', { tags: { ['n'.repeat(128)]: 'v'.repeat(256) } }],
	['all signs of a tag', { tags: { 'a +-./:=_Z9': ' +-./:=_' } }],
	['other headers', { contentType: 'application/vnd.apache.parquet', cacheControl: 'private, max-age=60' }],
])('%s is taken', (_, attributes) => {
	expect(() => check(attributes)).not.toThrow();
});

test.each<[string, Partial<Attributes>, string]>([
	['a metadata name with a hyphen', { metadata: { 'source-system': 'x' } }, 'Metadata'],
	['a metadata name that starts with a digit', { metadata: { '1st': 'x' } }, 'Metadata'],
	['an empty metadata name', { metadata: { '': 'x' } }, 'Metadata'],
	['a metadata name in another alphabet', { metadata: { größe: 'x' } }, 'Metadata'],
	['two metadata names that differ by case', { metadata: { owner: 'x', Owner: 'y' } }, 'Metadata'],
	['a metadata name of ours', { metadata: { DomoDataSetId: 'x' } }, 'Metadata'],
	['a metadata value with a line break', { metadata: { a: 'x\r\nx-ms-blob-type: PageBlob' } }, 'Metadata'],
	['a metadata value with a trailing line break', { metadata: { a: 'x\n' } }, 'Metadata'],
	['a metadata value in another alphabet', { metadata: { a: 'Zürich' } }, 'Metadata'],
	['a metadata value that ends with a space', { metadata: { a: 'x ' } }, 'Metadata'],
	['too much metadata', { metadata: { a: 'x'.repeat(8192) } }, 'Metadata'],
	['eleven tags', { tags: many(11) }, 'Tags'],
	['an empty tag name', { tags: { '': 'x' } }, 'Tags'],
	['a tag name that is too long', { tags: { ['n'.repeat(129)]: 'x' } }, 'Tags'],
	['a tag value that is too long', { tags: { a: 'v'.repeat(257) } }, 'Tags'],
	['a tag name with an odd sign', { tags: { 'a&b': 'x' } }, 'Tags'],
	['a tag value with an odd sign', { tags: { a: 'x\n' } }, 'Tags'],
	['a content type with a line break', { contentType: 'text/csv\r\nx: y' }, 'Content Type'],
	['a cache control in another alphabet', { cacheControl: 'für immer' }, 'Cache Control'],
])('%s is refused by its label, with an example or a limit', (_, attributes, label) => {
	expect(() => check(attributes)).toThrow(
		expect.objectContaining({ reason: 'setting', message: expect.stringContaining(`${label}: `) }),
	);
});

test('tags need the permission Tags', () => {
	expect(() => check({ tags: { a: 'b' } }, 'rwc')).toThrow(
		expect.objectContaining({ reason: 'destinationLogin', hint: expect.stringContaining('Tags') }),
	);
});

test('tags are left to Azure when a stored access policy holds the permissions', () => {
	expect(() => check({ tags: { a: 'b' } }, '')).not.toThrow();
});
