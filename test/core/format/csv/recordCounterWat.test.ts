import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import wabt from 'wabt';

const FORMAT = join(__dirname, '../../../../core/format/csv');

it('the assembled record counter is what recordCounter.wat says', async () => {
	const module = (await wabt()).parseWat('recordCounter.wat', readFileSync(join(FORMAT, 'recordCounter.wat'), 'utf8'), {
		simd: true,
	});
	const assembled = Buffer.from(module.toBinary({}).buffer).toString('base64');
	const [, list = ''] = /ASSEMBLED = \[([^\]]*)\]/.exec(readFileSync(join(FORMAT, 'recordCounter.ts'), 'utf8')) ?? [];
	expect(list.replace(/[\s',]/g, '')).toBe(assembled);
});
