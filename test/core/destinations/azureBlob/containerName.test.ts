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
	['ab', "this isn't a valid container name"],
	['x'.repeat(64), "this isn't a valid container name"],
	['Domo', "this isn't a valid container name"],
	['-domo', "this isn't a valid container name"],
	['domo-', "this isn't a valid container name"],
	['do--mo', "this isn't a valid container name"],
	['do_mo', "this isn't a valid container name"],
	['do.mo', "this isn't a valid container name"],
	['do mo', "this isn't a valid container name"],
	['exports/in', "this isn't a valid container name"],
	['../exports', "this isn't a valid container name"],
	['söhne', "this isn't a valid container name"],
	['١٢٣', "this isn't a valid container name"],
	['do\nmo', "this isn't a valid container name"],
	['$logs', "this isn't a valid container name"],
	['$ROOT', "this isn't a valid container name"],
	['exports?sig=x', "this isn't a valid container name"],
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
