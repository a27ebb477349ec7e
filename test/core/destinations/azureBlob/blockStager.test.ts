import { optionsOf } from '../../../../nodes/shared/optionsReader';
import { readStaging } from '../../../../nodes/DomoWriteback/parameters/readTransfer';
import { checkPartNumber, checkPartsOf } from '../../../../core/format/partLimit';
import type { RowOptions } from '../../../../core/format/formatOptions';

const MEBIBYTE = 1024 * 1024;
const read = (transfer: object) => readStaging(optionsOf(transfer, 'Transfer'));

test.each([
	[{}, 'auto', 'auto'],
	[{ concurrency: 12 }, 'auto', 12],
	[{ concurrency: 32 }, 3 * MEBIBYTE, 32],
	[{ blockSize: 64 }, 64 * MEBIBYTE, 'auto'],
	[{ blockSize: 3, concurrency: 32 }, 3 * MEBIBYTE, 32],
])('%j stays within what one execution may hold', (transfer, blockBytes, concurrency) => {
	expect(read(transfer)).toEqual({ blockBytes, concurrency });
});

test('every Concurrency and Block Size is either read or refused by name, and never comes to more than 96 MiB', () => {
	for (let blockSize = 1; blockSize <= 64; blockSize++) {
		for (let concurrency = 1; concurrency <= 32; concurrency++) {
			if (blockSize * concurrency <= 96) expect(read({ blockSize, concurrency }).concurrency).toBe(concurrency);
			else expect(() => read({ blockSize, concurrency })).toThrow(/^Concurrency: with a 'Block Size' of \d+ MiB/);
		}
	}
});

const split = (limits: Partial<RowOptions>) => limits as RowOptions;

test('a DataSet that would make more than 10,000 parts is refused before its export, or when the part begins', () => {
	expect(() => checkPartsOf(split({ rowsPerPart: 10 }), 100_000)).not.toThrow();
	expect(() => checkPartsOf(split({ rowsPerPart: 10 }), 100_001)).toThrow(/^Split Rows: /);
	expect(() => checkPartsOf(split({ rowsPerPart: 10 }), undefined)).not.toThrow();
	expect(() => checkPartNumber(split({ bytesPerPart: 10 }), 10_001)).toThrow(/^Split Megabytes: /);
});
