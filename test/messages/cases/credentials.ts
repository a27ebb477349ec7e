import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { readKey } from '../../core/destinations/sftp/keys/keyFiles/keys';
import { writePemArmor } from '../../../core/destinations/sftp/keys/pemArmor';
import { uint32, writeSshStrings } from '../../../core/destinations/sftp/keys/sshStrings';
import { type Case, casesTo, TO_SFTP, toContainer } from '../case';
import { DATA_SETS } from '../stage/dataSets';
import { CONTAINER, type Stage } from '../stage/stage';

const PLAIN = DATA_SETS.plain.id;
const MD5 = `MD5:${Array.from({ length: 16 }, () => 'ab').join(':')}`;
const SHA256 = `SHA256:${'A'.repeat(43)}`;

/** What is wrong in a field of a credential. */
export const credentialCases = ({ azure, closedPort, untrusted }: Stage): readonly Case[] => {
	const to = {
		domo: casesTo(TO_SFTP, PLAIN),
		sftp: casesTo(TO_SFTP, PLAIN),
		azure: casesTo(toContainer(CONTAINER), PLAIN),
	};
	const domo = (says: string, domoClientApi: ICredentialDataDecryptedObject) =>
		to.domo(says, { typed: { domoClientApi } });
	const sftp = (says: string, sftpWritebackApi: ICredentialDataDecryptedObject) =>
		to.sftp(says, { typed: { sftpWritebackApi } });
	const blob = (says: string, azureBlobSasApi: ICredentialDataDecryptedObject) =>
		to.azure(says, { typed: { azureBlobSasApi } });
	const host = (says: string, hostname: string) => sftp(`Hostname: ${says}`, { hostname });
	const pin = (says: string, hostKeyFingerprint: string) =>
		sftp(`Host Key Fingerprint: line 1 ${says}`, { hostKeyFingerprint });
	const key = (says: string, file: string) => sftp(says, { privateKey: readKey(`refused/${file}`) });
	const good = azure.accountSas();
	const sas = (says: string, sasToken: string) => blob(`SAS Token: ${says}`, { sasToken });
	const encrypted = readKey('works/ed25519.openssh.aes256-ctr');
	return [
		domo('API Host: this is not an address', { apiHost: 'https://' }),
		domo('API Host: the address must start with https', { apiHost: 'http://api.domo.com' }),
		domo('API Host: the address contains a user name or a password', { apiHost: 'https://me:pw@api.domo.com' }),
		domo('Client ID: it is empty', { clientId: '' }),
		domo('Client Secret: it is empty', { clientSecret: ' ' }),
		domo('Domo refused the client ID and secret', { clientSecret: 'wrong' }),
		domo('Domo cannot be reached', { apiHost: `http://127.0.0.1:${closedPort}` }),
		host('it is empty', ' '),
		host('only sftp:// is allowed', 'ftp://example.com'),
		host('it contains a user name', 'me@example.com'),
		host('it contains a space', 'example .com'),
		host('it contains a path', 'sftp://example.com/in'),
		host('it contains a port', 'example.com:22'),
		host('this is not a host name', 'exa!mple.com'),
		host('an address with a zone', 'fe80::1%eth0'),
		host("this address doesn't belong to a server", '0.0.0.0'),
		blob("Blob Endpoint: this address doesn't belong to a server", { blobEndpoint: 'https://[::]/account' }),
		domo("API Host: this address doesn't belong to a server", { apiHost: 'https://0.0.0.0' }),
		host('this n8n instance does not allow', '10.0.0.1'),
		blob('Blob Endpoint: this n8n instance does not allow', { blobEndpoint: 'https://10.0.0.1' }),
		sftp('Port: it must be a whole number', { port: 70_000 }),
		sftp('Username: it is empty', { username: ' ' }),
		sftp('Password: there is neither', { privateKey: '' }),
		pin('belongs to a private key', '-----BEGIN OPENSSH PRIVATE KEY-----'),
		pin('marks a key as revoked', '@revoked example.com ssh-ed25519 AAAA'),
		pin('names a certificate authority', '@cert-authority example.com ssh-ed25519 AAAA'),
		pin('is an MD5 fingerprint', MD5),
		pin('is a DSA key', 'ssh-dss AAAA'),
		pin('is a SHA-1 fingerprint', 'SHA1:27Dp4vlmZfmZ3qXCqbbJ0GGPvNk'),
		pin('is not a fingerprint', 'SHA256:short'),
		sftp('The host key of 127.0.0.1', { hostKeyFingerprint: '' }),
		sftp('The host key of 127.0.0.1', { hostKeyFingerprint: SHA256 }),
		sftp('Private Key: this is not a private key', { privateKey: 'no key' }),
		key('Private Key: this is the public half', 'public.openssh'),
		sftp('Private Key: the key is incomplete', { privateKey: encrypted.slice(0, 200) }),
		key('Private Key: a PuTTY key file of version 4', 'version.ppk'),
		sftp('Private Key: opening this key takes more', { privateKey: readKey('refused/argon2.Memory'), passphrase: 'x' }),
		key('Private Key: a private key in the format of ssh.com', 'sshcom.sshcom'),
		key('Private Key: a DSA key cannot be used', 'dsa.openssh'),
		key('Private Key: a key of this kind', 'kind.secp256k1'),
		sftp('Private Key: a key kept in a hardware', { privateKey: keyOf('sk-ssh-ed25519@openssh.com') }),
		sftp('Private Key: a certificate cannot be used', { privateKey: keyOf('ssh-ed25519-cert-v01@openssh.com') }),
		key('Private Key: the encryption of this key', 'encryption.pkcs1.des'),
		sftp('Passphrase: the private key is encrypted', { privateKey: encrypted }),
		sftp('Passphrase: it does not open', { privateKey: encrypted, passphrase: 'x' }),
		sas('it is empty', ' '),
		sas('it has no signature', good.replace(/&sig=[^&]*/, '')),
		sas('it is not for the Blob service (ss', good.replace('ss=b', 'ss=q')),
		sas('it is not for the Blob service (sr', `${good}&sr=f`),
		sas("it doesn't allow access to objects", azure.accountSas({ resourceTypes: 's' })),
		sas('it does not allow writing', azure.accountSas({ permissions: 'rl' })),
		sas('it gives access to a single blob', `${good}&sr=b`),
		sas('it allows https only', azure.accountSas({ httpsOnly: true })),
		blob('The SAS token expired on', { sasToken: azure.accountSas({ startsInMs: -7_200_000, expiresInMs: -60_000 }) }),
		blob('The SAS token is not valid before', { sasToken: azure.accountSas({ startsInMs: 3_000_000 }) }),
		blob('Account Name: it must be', { accountName: 'my.company', blobEndpoint: '' }),
		blob('Blob Endpoint: this is not an address', { blobEndpoint: 'https://' }),
		blob('Blob Endpoint: the address contains a user name or a password', {
			blobEndpoint: 'https://me:pw@example.com',
		}),
		blob('Blob Endpoint: the address contains a SAS', { blobEndpoint: `https://example.com/?${good}` }),
		blob('Blob Endpoint: its TLS certificate', { blobEndpoint: untrusted.blobEndpoint }),
		blob('Blob Endpoint: the address continues', { blobEndpoint: 'https://blobs.example.com/exports' }),
		blob("Blob Endpoint: this isn't the address of a storage", { blobEndpoint: 'https://blob.core.windows.net' }),
		blob('Blob Endpoint: this is the address for', { blobEndpoint: 'https://acc.dfs.core.windows.net' }),
		blob('Blob Endpoint: this is the secondary', { blobEndpoint: 'https://acc-secondary.blob.core.windows.net' }),
		blob('Blob Endpoint: it belongs to account', { blobEndpoint: 'https://other.blob.core.windows.net' }),
		blob('Blob Endpoint: the address must start', { blobEndpoint: 'http://example.com' }),
	];
};

/** The outside of an OpenSSH key of some type (PROTOCOL.key in OpenSSH's source). */
function keyOf(type: string): string {
	const outside = [writeSshStrings('none', 'none', ''), uint32(1), writeSshStrings(writeSshStrings(type), 'sealed')];
	const base64 = Buffer.concat([Buffer.from('openssh-key-v1\0'), ...outside]).toString('base64');
	return writePemArmor({ kind: 'OPENSSH', dekInfo: '', base64 });
}
