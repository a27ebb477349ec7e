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
			description: 'Name or address of the SFTP server. You can include sftp://.',
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
			description: 'Enter a password, a private key, or both, as the server requires',
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
			description: 'Needed only if the private key is encrypted',
		},
		{
			displayName: 'Host Key Check',
			name: 'hostKeyCheck',
			type: 'options',
			options: [
				{
					name: 'Accept Any',
					value: 'any',
					description:
						'Any server at this address receives the credentials and the data. Use it for test servers only.',
				},
				{
					name: 'Pinned',
					value: 'pinned',
					description: 'Only a server with the host key below',
				},
			],
			default: 'pinned',
			description: 'How to verify that the server is the right one',
		},
		{
			displayName:
				'Any server at this address receives the credentials and the data. Use Accept Any for test servers only.',
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
				"One or more lines: SHA-256 fingerprints, known_hosts lines or public keys. To find the fingerprint, leave the field empty and save: the message shows the key that the server offers. Confirm it with the server's administrator.",
			displayOptions: { show: { hostKeyCheck: ['pinned'] } },
		},
		{
			displayName: 'Legacy Algorithms',
			name: 'legacyAlgorithms',
			type: 'boolean',
			default: false,
			description:
				'Whether to accept algorithms based on SHA-1 when the server supports nothing better. These algorithms are no longer secure. Turn this on only for an old server that refuses all others.',
		},
	];
}
