import { readdirSync, readFileSync } from 'node:fs';
import { LABELS } from './labels';

/** What the fields of the editor were called when each picture was drawn; the browser tests hold it against the editor of now. */
const drawn: Readonly<Record<string, readonly string[]>> = JSON.parse(
	readFileSync('docs/pictures/labels.json', 'utf8'),
);

/** n8n's own labels, in its editor and its forms. */
const OF_N8N = new Set(['Allowed HTTP Request Domains']);

test('every picture is one of those whose labels are known', () => {
	const pictures = readdirSync('docs/pictures').filter((name) => name.endsWith('.png'));
	expect(Object.keys(drawn).sort()).toEqual(pictures.map((name) => name.replace('.png', '')).sort());
});

test.each(Object.entries(drawn))('the picture %s shows no label that the interface no longer has', (_, labels) => {
	expect(labels.filter((label) => !LABELS.has(label) && !OF_N8N.has(label))).toEqual([]);
});
