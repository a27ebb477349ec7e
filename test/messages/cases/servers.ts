import type { IDataObject } from 'n8n-workflow';
import { passwordFieldsOf, sftpFieldsOf } from '../../fields';
import { type Case, casesTo, IMPATIENT, TO_SFTP, toContainer } from '../case';
import { DATA_SETS } from '../stage/dataSets';
import { ANSWERS, containerOf } from '../stage/scriptedBlobs';
import type { SshName } from '../stage/ssh';
import type { Stage } from '../stage/stage';

const PLAIN = DATA_SETS.plain.id;

/** What Domo answers. */
export const domoCases = ({ odd }: Stage): readonly Case[] => {
	const sftp = casesTo(TO_SFTP, PLAIN);
	const of = (name: keyof typeof DATA_SETS) => ({ dataSet: DATA_SETS[name].id });
	const client = (name: Parameters<typeof odd.client>[0]) => ({ typed: { domoClientApi: odd.client(name) } });
	return [
		sftp('Domo refused the access token', of('refused')),
		sftp(`DataSet ${DATA_SETS.absent.id} does not exist in Domo`, of('absent')),
		sftp(`DataSet ${DATA_SETS.deleted.id} was deleted`, of('deleted')),
		sftp(`DataSet ${DATA_SETS.forbidden.id} is not shared`, of('forbidden')),
		sftp(`Domo describes DataSet ${DATA_SETS.noExport.id} to this client, but refuses`, of('noExport')),
		sftp(`Domo describes DataSet ${DATA_SETS.mayNotExport.id} to this client, but refuses`, of('mayNotExport')),
		sftp(`Domo describes DataSet ${DATA_SETS.noData.id}, but has no data`, of('noData')),
		sftp('This Domo client was created without the scope', client('noScope')),
		sftp('Domo stopped in the middle of a response', client('cutJson')),
		sftp('Domo stopped sending after', of('cutExport')),
		sftp('Domo sent nothing for 1 s', { ...of('stalled'), parameters: IMPATIENT }),
		sftp('Domo asked to wait 1 s', of('busy')),
		sftp('Domo is not available at the moment', of('gone')),
		sftp('Domo answered with a web page titled "Domo Maintenance"', of('maintenance')),
		sftp('Domo answered with a web page titled "Domo - Login"', of('login')),
		sftp('Domo lists 1 rows and sent 0', of('short')),
		sftp('Domo answered the login with status 418', client('tokenTeapot')),
		sftp("Domo couldn't issue a token", client('tokenBusy')),
		sftp('Domo answered with status 418', client('teapot')),
		sftp('Domo answered with something else', client('anything')),
	];
};

/** What Azure answers. */
export const azureCases = ({ blobs }: Stage): readonly Case[] =>
	ANSWERS.map(([code, status, says]) =>
		casesTo(toContainer(containerOf(code, status)), PLAIN)(says, {
			typed: { azureBlobSasApi: { blobEndpoint: blobs.blobEndpoint } },
		}),
	);

/** What SFTP servers answer. */
export const sftpCases = ({ ssh, oldSsh, closedPort }: Stage): readonly Case[] => {
	const sftp = casesTo({ ...TO_SFTP, path: '' }, PLAIN);
	const on = (name: SshName, says: string, parameters: IDataObject = {}) =>
		sftp(says, { parameters, typed: { sftpWritebackApi: { ...passwordFieldsOf(ssh[name]) } } });
	const named = (filename: string, publishing: IDataObject = {}) => ({
		selectFilename: 'filename',
		filename,
		publishing,
	});
	const inPlace = (more: IDataObject) => ({ publishing: { temporaryName: 'none', ...more } });
	return [
		on('denied', 'The SFTP server does not let this user create the temporary file'),
		on('denied', 'The SFTP server does not let this user create the file', inPlace({})),
		on('denied', 'The SFTP server does not let this user write to', named('old.csv', { temporaryName: 'none' })),
		on('writeless', 'The SFTP server does not let this user write'),
		on('closeless', 'The SFTP server does not let this user close'),
		on('folderless', 'The SFTP server does not let this user create the folder', { path: 'new' }),
		on('unrenamed', 'The SFTP server does not let this user rename files'),
		on('unpublished', 'The SFTP server does not let this user rename the finished file'),
		on('blind', 'The SFTP server does not say how large'),
		on('blind', 'The SFTP server does not let this user look at', { publishing: { ifExists: 'skip' } }),
		on('late', 'The connection was lost after', inPlace({ permissions: '640' })),
		on('failing', 'The SFTP server could not write'),
		on('silent', 'SFTP server 127.0.0.1', IMPATIENT),
		on('closing', 'SFTP server 127.0.0.1'),
		on('leaving', 'SFTP server 127.0.0.1'),
		on('unanswered', 'The connection was lost while', IMPATIENT),
		on('smaller', 'Sent '),
		on('lossy', 'The SFTP server holds different content'),
		on('unreadable', 'Verify Content: the SFTP server', { publishing: { verifyContent: true } }),
		on('stolen', 'was removed from the SFTP server'),
		on('trapped', 'old.csv is missing on the SFTP server', named('old.csv')),
		on('noSftp', 'The server lets this user in'),
		on('refusing', 'SFTP server 127.0.0.1 refused user "writer"'),
		on('plain', 'On the SFTP server folder.csv is a folder', named('folder.csv')),
		on('plain', 'On the SFTP server old.csv already exists', named('old.csv', { ifExists: 'fail' })),
		on('plain', 'The SFTP server could not create the temporary file', {
			path: 'no/such',
			publishing: { createFolders: false },
		}),
		sftp('SFTP server 127.0.0.1, port', { typed: { sftpWritebackApi: { port: closedPort } } }),
		sftp('SFTP server 127.0.0.1 and this node could not agree', {
			typed: { sftpWritebackApi: { ...sftpFieldsOf(oldSsh) } },
		}),
	];
};
