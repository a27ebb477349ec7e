import { readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { INode } from 'n8n-workflow';

const FOLDER = resolve(__dirname, '../../examples');

const nodesOf = (file: string): INode[] => JSON.parse(readFileSync(join(FOLDER, file), 'utf8')).nodes;

test.each(readdirSync(FOLDER).filter((file) => file.endsWith('.json')))(
	'whatever %s shows at an address, it shows after a login',
	(file) => {
		for (const { type, name, parameters, credentials } of nodesOf(file)) {
			if (!/\.(webhook|formTrigger|chatTrigger)$/.test(type)) continue;
			expect([name, parameters.authentication]).toEqual([name, 'basicAuth']);
			expect(Object.keys(credentials ?? {})).toEqual(['httpBasicAuth']);
		}
	},
);
