import { type Case, casesTo, TO_BINARY, TO_SFTP, toContainer, yields } from '../case';
import { DATA_SETS } from '../stage/dataSets';

const PLAIN = DATA_SETS.plain.id;
const sftp = casesTo(TO_SFTP, PLAIN);
const azure = casesTo(toContainer('messages'), PLAIN);
const binary = casesTo(TO_BINARY, PLAIN);
const locator = (mode: string, value: unknown) => ({ __rl: true, mode, value: yields(value) });
const dataSet = (value: string) => ({ parameters: { dataSet: locator('id', value) } });
const container = (value: string) => ({ parameters: { container: locator('name', value) } });
const filename = (value: string, more = {}) => ({
	parameters: { selectFilename: 'filename', filename: yields(value), ...more },
});
const path = (value: string) => ({ parameters: { path: yields(value) } });
const dateFormat = (value: string) => ({ parameters: { dateFormat: yields(value) } });

/** What is wrong in the pane Details and in Transfer. */
export const detailsCases: readonly Case[] = [
	sftp('Input DataSet ID: it is empty', dataSet('')),
	sftp('Input DataSet ID: this is not the ID', dataSet('845305d8')),
	sftp('Destination: there is no such destination', { parameters: { destination: 'ftp' } }),
	azure('Blob Container: it is empty', container('')),
	azure("Blob Container: this isn't a valid container name", container('My_Container')),
	binary('Put Output File in Field: it is empty', { parameters: { binaryPropertyName: yields('') } }),
	binary('Put Output File in Field: a name of up to', { parameters: { binaryPropertyName: 'a,b' } }),
	sftp('Select Filename: there is no such option', {
		parameters: { selectFilename: yields('name'), filename: 'x' },
	}),
	sftp('Filename: it is empty', filename(' ')),
	sftp('Filename: it contains a folder', filename('in/sales')),
	sftp('Filename: it contains control characters', filename('a\nb')),
	sftp("Filename: a name can't consist of dots alone", filename('..')),
	sftp('Filename: there is no name before .csv', filename('.csv')),
	sftp('Filename: it is longer than 200 bytes', filename('x'.repeat(300))),
	sftp('Filename: only dots', filename('..x', { fileFormat: { fileExtension: 'x' } })),
	sftp('Filename: it is a list or an object', filename([] as never)),
	sftp('Filename: there is no macro <curent_date>', filename('sales_<curent_date>')),
	sftp('Path: it contains "..', path('in/../../etc')),
	sftp('Path: it contains a backslash', path('in\\etc')),
	sftp('Path: it contains control characters', path('in\n/etc')),
	sftp('Date Format: "qq" is no part', dateFormat('yyyy-qq')),
	sftp('Date Format: a single quote is not closed', dateFormat("yyyy 'of")),
	sftp('Max Tries: it must be a whole number', { parameters: { transfer: { maxTries: yields(0) } } }),
	azure("Concurrency: with a 'Block Size' of 64 MiB", { parameters: { transfer: { blockSize: 64, concurrency: 2 } } }),
	sftp('Node Version: this node has version 2', { typeVersion: 2 }),
];
