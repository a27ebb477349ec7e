import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { secretsOf } from '../servers';
import type { Stage } from './stage';

/** How every token of Domo's double begins: `{"alg":"HS256",`. */
const BEGINNING = 'eyJhbGciOiJIUzI1NiIs';

export function secrets(stage: () => Stage): void {
	test("n8n has stored and printed none in the clear, Domo's tokens included", () => {
		const { n8n, userFolder, sandbox } = stage();
		const files = readdirSync(join(userFolder, '.n8n'), { withFileTypes: true }).filter((entry) => entry.isFile());
		const kept = [...files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))), n8n.log()];
		const isKept = (text: string) => kept.some((where) => where.includes(text));
		expect(sandbox.credentials.every(({ name }) => isKept(name))).toBe(true);
		expect([...secretsOf(sandbox), BEGINNING].filter(isKept)).toEqual([]);
	});
}
