import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

/** How to reach an SFTP server and be sure that it is the right one. The node's own test connects and opens SFTP. */
export class SftpWritebackApi implements ICredentialType {
	name = 'sftpWritebackApi';

	displayName = 'SFTP Writeback API';

	icon: Icon = {
		light: 'file:../nodes/DomoWriteback/domoWriteback.svg',
		dark: 'file:../nodes/DomoWriteback/domoWriteback.dark.svg',
	};

	documentationUrl = 'https://www.npmjs.com/package/n8n-nodes-domo-writeback#sftp-writeback-api';

	properties: INodeProperties[] = [
		{
			displayName: 'Hostname',
			name: 'hostname',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. sftp.example.com',
			description: 'Name or address of the SFTP server; sftp:// in front of it is understood',
		},
		{
			displayName: 'Port',
			name: 'port',
			type: 'number',
			default: 22,
			required: true,
		},
		{
			displayName: 'Username',
			name: 'username',
			type: 'string',
			default: '',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Fill in a password, a private key, or both, as the server asks',
		},
		{
			displayName: 'Private Key',
			name: 'privateKey',
			type: 'string',
			typeOptions: { password: true, rows: 4 },
			default: '',
			placeholder: 'e.g. -----BEGIN OPENSSH PRIVATE KEY-----',
			description: 'The whole key file: OpenSSH, PEM (PKCS#1, PKCS#8, SEC1) or PuTTY; RSA, ECDSA or Ed25519',
		},
		{
			displayName: 'Passphrase',
			name: 'passphrase',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Only when the private key is encrypted',
		},
		{
			displayName: 'Host Key Check',
			name: 'hostKeyCheck',
			type: 'options',
			options: [
				{
					name: 'Accept Any',
					value: 'any',
					description: 'Whoever answers gets the login and the data. For test servers only.',
				},
				{
					name: 'Pinned',
					value: 'pinned',
					description: 'Only a server that proves to hold the host key below',
				},
			],
			default: 'pinned',
			description: 'How to make sure that the server is the one you mean',
		},
		{
			displayName: 'Whoever answers at this address gets the login and the data. Use it for test servers only.',
			name: 'acceptAnyNotice',
			type: 'notice',
			default: '',
			displayOptions: { show: { hostKeyCheck: ['any'] } },
		},
		{
			displayName: 'Host Key Fingerprint',
			name: 'hostKeyFingerprint',
			type: 'string',
			typeOptions: { rows: 2 },
			default: '',
			placeholder: 'e.g. SHA256:1Wr…',
			description:
				'One or more lines: SHA-256 fingerprints, known_hosts lines or public keys. Leave it empty once and test: the message shows the key the server offers, to compare with its administrator.',
			displayOptions: { show: { hostKeyCheck: ['pinned'] } },
		},
		{
			displayName: 'Legacy Algorithms',
			name: 'legacyAlgorithms',
			type: 'boolean',
			default: false,
			description:
				'Whether to agree to algorithms that rest on SHA-1 when the server has nothing better. They can be broken with effort; turn this on only for an old server that refuses all others.',
		},
	];
}
