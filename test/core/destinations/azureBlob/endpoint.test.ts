import { readBlobEndpoint } from '../../../../core/destinations/azureBlob/endpoint';
import { everythingSaid, refusal } from '../../refusal';

test.each([
	['mycompanydata', '', 'https://mycompanydata.blob.core.windows.net'],
	[' data1 ', '  ', 'https://data1.blob.core.windows.net'],
	['abc', '', 'https://abc.blob.core.windows.net'],
	['x'.repeat(24), '', `https://${'x'.repeat(24)}.blob.core.windows.net`],
	['', 'https://acc.blob.core.windows.net', 'https://acc.blob.core.windows.net'],
	['acc', 'https://acc.blob.core.windows.net/', 'https://acc.blob.core.windows.net'],
	['acc', ' HTTPS://ACC.Blob.Core.Windows.Net// ', 'https://acc.blob.core.windows.net'],
	['acc', 'acc.blob.core.windows.net', 'https://acc.blob.core.windows.net'],
	['acc', 'https:/acc.blob.core.windows.net', 'https://acc.blob.core.windows.net'],
	['acc', 'https:\\\\acc.blob.core.windows.net', 'https://acc.blob.core.windows.net'],
	['acc', 'https://acc.blob.core.windows.net#top', 'https://acc.blob.core.windows.net'],
	['acc', 'https://acc.blob.core.chinacloudapi.cn', 'https://acc.blob.core.chinacloudapi.cn'],
	['acc', 'https://acc.blob.core.usgovcloudapi.net', 'https://acc.blob.core.usgovcloudapi.net'],
	['acc', 'https://acc.z12.blob.storage.azure.net', 'https://acc.z12.blob.storage.azure.net'],
	['acc', 'https://acc-microsoftrouting.blob.core.windows.net', 'https://acc-microsoftrouting.blob.core.windows.net'],
	['ACC', 'https://acc.blob.core.windows.net./', 'https://acc.blob.core.windows.net'],
	['acc', '//acc.blob.core.windows.net//', 'https://acc.blob.core.windows.net'],
	['acc', 'https://azurite.example.com:10000/acc', 'https://azurite.example.com:10000/acc'],
	['', 'https://azurite.example.com:10000/acc', 'https://azurite.example.com:10000/acc'],
	['acc', 'https://acc.privatelink.blob.core.windows.net', 'https://acc.privatelink.blob.core.windows.net'],
	['acc', 'https://blobs.example.com:8443/', 'https://blobs.example.com:8443'],
	['acc', 'https://192.0.2.7/acc/', 'https://192.0.2.7/acc'],
	['acc', 'https://[2001:db8::7]:8443/acc', 'https://[2001:db8::7]:8443/acc'],
	['acc', 'azurite:10000/acc', 'https://azurite:10000/acc'],
	['devstoreaccount1', 'http://127.0.0.1:10000/devstoreaccount1', 'http://127.0.0.1:10000/devstoreaccount1'],
	['acc', 'http://127.9.9.9:10000/acc', 'http://127.9.9.9:10000/acc'],
	['acc', 'http://localhost:10000/acc/', 'http://localhost:10000/acc'],
	['acc', 'http://[::1]:10000/acc', 'http://[::1]:10000/acc'],
	['acc', 'http://[0:0:0:0:0:0:0:1]:10000/acc', 'http://[::1]:10000/acc'],
])('account %j with endpoint %j is reached at %s', (account, endpoint, address) => {
	expect(readBlobEndpoint(account, endpoint)).toBe(address);
});

const goesOn = 'continues after the end of the endpoint';
const http = 'must start with https://';

test.each([
	['acc', 'http://acc.blob.core.windows.net', http],
	['acc', 'http://192.0.2.7:10000/acc', http],
	['acc', 'http://10.0.0.1/acc', http],
	['acc', 'http://0.0.0.0:10000/acc', http],
	['acc', 'http://[2001:db8::7]/acc', http],
	['acc', 'http://[::]/acc', http],
	['acc', 'http://localhost.example.com/acc', http],
	['acc', 'http://127.0.0.1.example.com/acc', http],
	['acc', 'http://1.127.0.0.1.example/acc', http],
	['acc', 'ftp://acc.blob.core.windows.net', http],
	['acc', 'javascript://acc.blob', http],
	['acc', 'https://', 'not an address'],
	['acc', 'https://a b', 'not an address'],
	['acc', 'https://[::1', 'not an address'],
	['acc', '://', 'not an address'],
	['acc', 'https://[::1%lo]/acc', 'not an address'],
	['acc', 'https://[::]/acc', 'belong to a server'],
	['acc', 'https://[::ffff:0.0.0.0]/acc', 'belong to a server'],
	['acc', 'https://0.0.0.0:10000/acc', 'belong to a server'],
	['acc', 'https://0x0/acc', 'belong to a server'],
	['acc', 'https://me:hunter2@acc.blob.core.windows.net', 'contains a user name or a password'],
	['acc', 'https://hunter2@127.0.0.1/acc', 'contains a user name or a password'],
	['acc', 'http://localhost@example.com/acc', 'contains a user name or a password'],
	['acc', 'https://acc.blob.core.windows.net/?sv=2026&sig=hunter2', 'contains a SAS token'],
	['acc', 'https://acc.blob.core.windows.net/exports?sig=hunter2', 'contains a SAS token'],
	['acc', 'https://acc.blob.core.windows.net/exports&sig=hunter2', 'contains a SAS token'],
	[
		'acc',
		'BlobEndpoint=https://acc.blob.core.windows.net/;SharedAccessSignature=sv=1&sig=hunter2',
		'contains a SAS token',
	],
	['acc', 'abfss://exports@acc.dfs.core.windows.net', http],
	['acc', 'wasbs://exports@acc.blob.core.windows.net', http],
	['acc', 'https://acc.blob.core.windows.net/exports', goesOn],
	['acc', 'https://acc.blob.core.windows.net/acc', goesOn],
	['acc', 'acc.blob.core.windows.net/exports/2026/a.csv', goesOn],
	['acc', 'https://acc.blob.core.windows.net//exports//', goesOn],
	['acc', 'https://acc.blob.core.windows.net/%24web', goesOn],
	['acc', 'https://acc.z12.blob.storage.azure.net/exports', goesOn],
	['acc', 'https://blobs.example.com/exports', goesOn],
	['acc', 'https://blobs.example.com/acc', goesOn],
	['acc', 'https://azurite.example.com:10000/exports', goesOn],
	['acc', 'http://127.0.0.1:10000/acc/exports', goesOn],
	['acc', 'http://localhost:10000/my-exports', goesOn],
	['acc', 'https://acc.dfs.core.windows.net', 'address for Data Lake Storage, not for blobs'],
	['acc', 'https://acc.dfs.core.windows.net/exports', 'address for Data Lake Storage, not for blobs'],
	['acc', 'https://acc.file.core.windows.net', 'address for Azure Files, not for blobs'],
	['acc', 'https://acc.queue.core.windows.net', 'address for queues, not for blobs'],
	['acc', 'https://acc.table.core.usgovcloudapi.net', 'address for tables, not for blobs'],
	['acc', 'https://acc.z6.web.core.windows.net', 'address for static websites, not for blobs'],
	['acc', 'https://acc.z6.dfs.storage.azure.net', 'address for Data Lake Storage, not for blobs'],
	['acc', 'https://acc.privatelink.dfs.core.windows.net', 'address for Data Lake Storage, not for blobs'],
	['acc', 'https://acc.vault.core.windows.net', 'address for another service, not for blobs'],
	['acc', 'https://acc.constructor.core.windows.net', 'address for another service, not for blobs'],
	['acc', 'https://acc-secondary.blob.core.windows.net', 'is read-only'],
	['acc', 'https://acc-secondary.z6.blob.storage.azure.net', 'is read-only'],
	['acc', 'https://other.blob.core.windows.net', 'belongs to account other'],
	['ac', 'https://acc.blob.core.windows.net', 'belongs to account acc'],
	['acc', 'https://blob.core.windows.net', "n't the address of a storage account"],
	['acc', 'https://core.windows.net', "n't the address of a storage account"],
	['acc', 'https://exports.acc.blob.core.windows.net', "n't the address of a storage account"],
	['acc', 'https://my_account.blob.core.windows.net', "n't the address of a storage account"],
])('account %j with endpoint %j is refused: it %s', (account, endpoint, why) => {
	const fault = refusal(() => readBlobEndpoint(account, endpoint));
	expect(fault).toMatchObject({ reason: 'setting', message: expect.stringMatching(/^Blob Endpoint: /) });
	expect(fault.message).toContain(why);
	expect(fault.hint).not.toBe('');
	expect(everythingSaid(fault)).not.toContain('hunter2');
});

test.each([
	[''],
	['ab'],
	['x'.repeat(25)],
	['MyCompany'],
	['my-company'],
	['my_company'],
	['my.company'],
	['münchen'],
	['acc.blob.core.windows.net'],
	['https://acc.blob.core.windows.net'],
	['acc/../other'],
	['acc@example.com'],
	['acc#'],
])('no account can be named %j', (account) => {
	const fault = refusal(() => readBlobEndpoint(account, ''));
	expect(fault).toMatchObject({ reason: 'setting', message: expect.stringMatching(/^Account Name: /) });
});

test.each([
	['acc', 'https://acc.blob.core.windows.net/exports', 'https://acc.blob.core.windows.net'],
	['acc', 'https://acc.dfs.core.chinacloudapi.cn', 'https://acc.blob.core.chinacloudapi.cn'],
	['acc', 'https://blobs.example.com/exports/', 'https://blobs.example.com'],
	['acc', 'http://127.0.0.1:10000/acc/exports', 'http://127.0.0.1:10000/acc'],
])('account %j with endpoint %j gets a way out that works: %s', (account, endpoint, way) => {
	const { hint } = refusal(() => readBlobEndpoint(account, endpoint));
	expect(hint).toContain(`${way}.`);
	expect(readBlobEndpoint(account, way)).toBe(way);
});
