import { removeItem } from '../../../core/support/removeItem';

test('an item is taken out once, and the others keep their order', () => {
	const list = ['a', 'b', 'c', 'b'];
	expect(removeItem(list, 'b')).toBe(true);
	expect(list).toEqual(['a', 'c', 'b']);
	expect(removeItem(list, 'd')).toBe(false);
	expect(list).toEqual(['a', 'c', 'b']);
});
