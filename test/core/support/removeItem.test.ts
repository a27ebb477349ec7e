import { takeOut } from '../../../core/support/removeItem';

test('an item is taken out once, and the others keep their order', () => {
	const list = ['a', 'b', 'c', 'b'];
	expect(takeOut(list, 'b')).toBe(true);
	expect(list).toEqual(['a', 'c', 'b']);
	expect(takeOut(list, 'd')).toBe(false);
	expect(list).toEqual(['a', 'c', 'b']);
});
