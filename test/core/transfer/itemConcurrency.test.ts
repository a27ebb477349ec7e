import { isLarge, upTo } from '../../../core/transfer/itemConcurrency';

const HUGE = { rows: 10_000_000, columns: 10 };

test('a DataSet is as large as what is written of it', () => {
	expect(isLarge(upTo(HUGE, Infinity))).toBe(true);
	expect(isLarge(upTo(HUGE, 1000))).toBe(false);
});

test('a DataSet of unknown size is as large as its limit allows', () => {
	expect(isLarge(upTo({ columns: 10 }, Infinity))).toBe(true);
	expect(isLarge(upTo({ columns: 10 }, 1000))).toBe(false);
});

test('a limit beyond its rows makes a DataSet no larger', () => {
	expect(upTo({ rows: 3, columns: 1 }, 1000)).toEqual({ rows: 3, columns: 1 });
});
