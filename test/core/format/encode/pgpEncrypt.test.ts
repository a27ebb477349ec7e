import * as fc from 'fast-check';
import { decrypt, readMessage } from 'openpgp';
import { WritebackError } from '../../../../core/support/errors';
import { encryptPgp, readRecipients } from '../../../../core/format/encode/pgpEncrypt';
import { openFormatter } from '../../../../core/format/formatter';
import { columnsOf } from '../rows';
import { bodyOf, bytesOf, cutInto, endless, failing, someBytes, someSizes, until } from '../bodies';
import { type KeyPair, keyPair } from '../pgpKeys';

const anna = keyPair();
const bert = keyPair({ name: 'Bert' });

async function encrypting(armor: boolean) {
	const text = `${(await anna).armor}\n${(await bert).armor}`;
	return encryptPgp(await readRecipients(text, new Date()), { armor, fileName: 'größe.csv' });
}

async function decrypted(file: Buffer, { secret }: KeyPair, armored: boolean) {
	const message = armored
		? await readMessage({ armoredMessage: file.toString() })
		: await readMessage({ binaryMessage: new Uint8Array(file) });
	const { data, filename } = await decrypt({ message, decryptionKeys: secret, format: 'binary' });
	return { data: Buffer.from(data as Uint8Array), filename };
}

test.each([
	['as bytes', false],
	['as text', true],
])('any data comes back, however it is cut, %s', async (_, armor) => {
	const encrypt = await encrypting(armor);
	await fc.assert(
		fc.asyncProperty(someBytes(700_000), someSizes, async (data, sizes) => {
			const file = await bytesOf(encrypt(bodyOf(cutInto(data, sizes))));
			expect((await decrypted(file, await anna, armor)).data.equals(data)).toBe(true);
		}),
		{ numRuns: 15 },
	);
});

test('every recipient can read it', async () => {
	const file = await bytesOf((await encrypting(false))(bodyOf([Buffer.from('a,b\n')])));
	const read = await Promise.all(
		[anna, bert].map(async (key) => (await decrypted(file, await key, false)).data.toString()),
	);
	expect(read).toEqual(['a,b\n', 'a,b\n']);
});

test('nobody else can', async () => {
	const file = await bytesOf((await encrypting(false))(bodyOf([Buffer.from('a')])));
	await expect(decrypted(file, await keyPair({ name: 'Eve' }), false)).rejects.toThrow();
});

test('the name of the data goes along', async () => {
	const file = await bytesOf((await encrypting(false))(bodyOf([Buffer.from('a')])));
	expect((await decrypted(file, await anna, false)).filename).toBe('größe.csv');
});

test.each([
	['none', 'sales.v2.csv'],
	['gzip', 'sales.v2.csv.gz'],
	['zip', 'sales.v2.zip'],
] as const)(
	'the name that goes along is that of what was encrypted, with compression %s',
	async (compression, name) => {
		const pgp = { publicKeys: (await anna).armor, armor: false };
		const formatter = await openFormatter({ format: 'csv', compression, pgp }, columnsOf('a', 'b'));
		const naming = { entry: () => 'sales.v2.csv', asOf: new Date('2026-01-31T00:00:00Z') };
		const names: string[] = [];
		for await (const { body } of formatter.parts(bodyOf([Buffer.from('a,b\n1,2\n')]), naming)) {
			names.push((await decrypted(await bytesOf(body), await anna, false)).filename);
		}
		expect(names).toEqual([name]);
	},
);

test('text starts and ends as PGP text does', async () => {
	const file = (await bytesOf((await encrypting(true))(bodyOf([Buffer.from('a')])))).toString();
	expect(file).toMatch(/^-----BEGIN PGP MESSAGE-----\r?\n[^]*-----END PGP MESSAGE-----\r?\n$/);
});

test('a file that was changed on its way does not decrypt', async () => {
	const file = await bytesOf((await encrypting(false))(bodyOf([Buffer.alloc(10_000, 'a')])));
	file.writeUInt8(file.readUInt8(file.length - 5_000) ^ 1, file.length - 5_000);
	await expect(decrypted(file, await anna, false)).rejects.toThrow();
});

test('no data is a file, too', async () => {
	const file = await bytesOf((await encrypting(false))(bodyOf([])));
	expect((await decrypted(file, await anna, false)).data).toHaveLength(0);
});

test.each([
	['bytes', false, 3],
	['text', true, 3],
	['bytes, at once', false, 0],
])('the fault of the source comes through as it is: %s', async (_, armor, chunks) => {
	const fault = new WritebackError('domoInterrupted', 'Domo stopped sending', { hint: 'Try again.' });
	await expect(bytesOf((await encrypting(armor))(failing(fault, chunks)))).rejects.toBe(fault);
});

test('who stops reading ends the source', async () => {
	const { body, state } = endless();
	for await (const chunk of (await encrypting(false))(body)) if (chunk.length > 0) break;
	await until(() => state.ended);
	expect(state.ended).toBe(true);
});

test('the source is asked for no more than is read', async () => {
	const { body, state } = endless();
	const encrypted = (await encrypting(false))(body)[Symbol.asyncIterator]();
	let bytes = 0;
	while (bytes < 4_000_000) bytes += (await encrypted.next()).value?.length ?? 0;
	await new Promise((resolve) => setTimeout(resolve, 30));
	await encrypted.return?.();
	expect(state.asked).toBeLessThan(100);
});
