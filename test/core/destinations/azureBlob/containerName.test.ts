import * as fc from 'fast-check';
import { readContainerName } from '../../../../core/destinations/azureBlob/endpoint';
import { WritebackError } from '../../../../core/support/errors';
import { refusal } from '../../refusal';
import { RUNS } from '../../runs';

test.each([
	['abc', 'abc'],
	['123', '123'],
	['0-0', '0-0'],
	['domo-exports', 'domo-exports'],
	['a-b-c-d', 'a-b-c-d'],
	[' domo-exports\n', 'domo-exports'],
	['x'.repeat(63), 'x'.repeat(63)],
	['$root', '$root'],
	['$web', '$web'],
])('the container %j is %j', (typed, name) => {
	expect(readContainerName(typed)).toBe(name);
});

test.each([
	['', 'it is empty'],
	['  ', 'it is empty'],
	['ab', 'no container can have this name'],
	['x'.repeat(64), 'no container can have this name'],
	['Domo', 'no container can have this name'],
	['-domo', 'no container can have this name'],
	['domo-', 'no container can have this name'],
	['do--mo', 'no container can have this name'],
	['do_mo', 'no container can have this name'],
	['do.mo', 'no container can have this name'],
	['do mo', 'no container can have this name'],
	['exports/in', 'no container can have this name'],
	['../exports', 'no container can have this name'],
	['söhne', 'no container can have this name'],
	['١٢٣', 'no container can have this name'],
	['do\nmo', 'no container can have this name'],
	['$logs', 'no container can have this name'],
	['$ROOT', 'no container can have this name'],
	['exports?sig=x', 'no container can have this name'],
])('the container %j is refused: %s', (typed, why) => {
	expect(refusal(() => readContainerName(typed))).toMatchObject({
		reason: 'setting',
		message: `Blob Container: ${why}`,
	});
});

/** Microsoft's rules, one by one: "Naming and Referencing Containers, Blobs, and Metadata". */
function isAllowed(name: string): boolean {
	const letters = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
	const characters = [...name];
	return (
		characters.length >= 3 &&
		characters.length <= 63 &&
		characters.every((one, at) => {
			const [before = '', after = ''] = [characters[at - 1], characters[at + 1]];
			return letters.includes(one) || (one === '-' && letters.includes(before) && letters.includes(after));
		})
	);
}

test("a name is taken exactly when Microsoft's rules allow it", () => {
	const units = ['a', 'b', 'z', '0', '9', '-', '-', 'A', '_', 'é', '\n'];
	const name = fc.oneof(
		fc.string({ unit: fc.constantFrom(...units), maxLength: 8 }),
		fc.string({ unit: fc.constantFrom('a', '9', '-'), minLength: 55, maxLength: 66 }),
	);
	fc.assert(
		fc.property(
			name.filter((text) => text === text.trim()),
			(text) => accepts(text) === isAllowed(text),
		),
		RUNS,
	);
});

function accepts(text: string): boolean {
	try {
		return readContainerName(text) === text;
	} catch (fault) {
		expect(fault).toBeInstanceOf(WritebackError);
		return false;
	}
}
