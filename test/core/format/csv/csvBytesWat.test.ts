import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const FORMAT = join(__dirname, '../../../../core/format/csv');

it('the assembled module is what csvBytes.wat says', async () => {
	const module = (await wabt()).parseWat('csvBytes.wat', readFileSync(join(FORMAT, 'csvBytes.wat'), 'utf8'), {
		simd: true,
	});
	const assembled = Buffer.from(module.toBinary({}).buffer).toString('base64');
	const [, list = ''] = /ASSEMBLED = \[([^\]]*)\]/.exec(readFileSync(join(FORMAT, 'csvBytes.ts'), 'utf8')) ?? [];
	expect(list.replace(/[\s',]/g, '')).toBe(assembled);
});
