import type { IDataObject } from 'n8n-workflow';
import { type Case, casesTo, TO_BINARY, TO_SFTP, toContainer, yields } from '../case';
import { DATA_SETS } from '../stage/dataSets';
import { CONTAINER, type Stage } from '../stage/stage';

const PLAIN = DATA_SETS.plain.id;
const sftp = casesTo(TO_SFTP, PLAIN);
const azure = casesTo(toContainer(CONTAINER), PLAIN);
const binary = casesTo(TO_BINARY, PLAIN);
const publishing = (options: IDataObject) => ({ parameters: { publishing: options } });
const metadata = (...entry: IDataObject[]) => publishing({ metadata: { entry } });
const tags = (...entry: IDataObject[]) => publishing({ tags: { entry } });
const pair = (name: string, value = 'x') => ({ name, value });

/** What is wrong in the pane Publishing, and names that are taken. */
export const publishingCases = ({ azure: account, forgetful }: Stage): readonly Case[] => {
	const sas = (permissions: string) => ({ azureBlobSasApi: { sasToken: account.accountSas({ permissions }) } });
	return [
		sftp('Done File Name: it contains a folder', publishing({ doneFile: 'empty', doneFileName: 'in/done' })),
		sftp('Done File Name: the data file', {
			parameters: {
				selectFilename: 'filename',
				filename: 'a.csv',
				publishing: { doneFile: 'empty', doneFileName: 'a.csv' },
			},
		}),
		sftp("Modified Time: 'Only If Changed' needs", publishing({ onlyIfChanged: true, modifiedTime: 'upload' })),
		sftp('Temporary Folder: it is empty', publishing({ temporaryName: 'folder' })),
		sftp("Permissions: these aren't octal", publishing({ permissions: yields('rwx') })),
		binary('Content Type: it contains characters', publishing({ contentType: 'tëxt' })),
		azure('Content Type: Azure accepts only', publishing({ contentType: 'tëxt' })),
		azure('Cache Control: Azure accepts only', publishing({ cacheControl: 'nö' })),
		azure('Metadata: "a-b" isn\'t a valid name', metadata(pair('a-b'))),
		azure('Metadata: domodatasetid is set by the node', metadata(pair('domodatasetid'))),
		azure('Metadata: A is listed twice', metadata(pair('a'), pair('A'))),
		azure("Metadata: Azure can't store the value of a", metadata(pair('a', 'ä'))),
		azure('Metadata: names and values are too long', metadata(pair('a', 'x'.repeat(9000)))),
		azure('Tags: there are 11', tags(...Array.from({ length: 11 }, (_, at) => pair(`tag${at}`)))),
		azure('Tags: "a" is listed twice', tags(pair('a'), pair('a', 'y'))),
		azure('Metadata: "a" is listed twice', metadata(pair('a'), pair('a', 'y'))),
		azure('Tags: "a,b" isn\'t a valid name', tags(pair('a,b'))),
		azure("Tags: Azure can't store the value of a", tags(pair('a', 'x'.repeat(300)))),
		azure("The SAS token doesn't allow setting tags", { ...tags(pair('a')), typed: sas('rwc') }),
		azure("The SAS token doesn't allow reading", { ...publishing({ ifExists: 'skip' }), typed: sas('wc') }),
		azure('A response from Azure was lost', {
			...publishing({ ifExists: 'fail' }),
			typed: { azureBlobSasApi: { ...sas('wc').azureBlobSasApi, blobEndpoint: forgetful.blobEndpoint } },
		}),
		azure('Blob old.csv already exists', {
			parameters: { selectFilename: 'filename', filename: 'old.csv', publishing: { ifExists: 'fail' } },
		}),
	];
};
