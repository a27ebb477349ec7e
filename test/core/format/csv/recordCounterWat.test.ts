import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const FORMAT = join(__dirname, '../../nodes/DomoWriteback/format');

it('the assembled record counter is what records.wat says', async () => {
	const module = (await wabt()).parseWat('records.wat', readFileSync(join(FORMAT, 'records.wat'), 'utf8'), {
		simd: true,
	});
	const assembled = Buffer.from(module.toBinary({}).buffer).toString('base64');
	const [, list = ''] = /ASSEMBLED = \[([^\]]*)\]/.exec(readFileSync(join(FORMAT, 'recordCount.ts'), 'utf8')) ?? [];
	expect(list.replace(/[\s',]/g, '')).toBe(assembled);
});
