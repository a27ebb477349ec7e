import { subtitle } from '../shared/subtitle';

/** E.g. `Sales → SFTP exports/daily` `Sales → Azure domo-exports/daily` or `Sales → binary data`. */
export const writebackSubtitle = subtitle((fields, text, dataSet) => {
	const { destination, path, container, folder, binaryPropertyName } = fields;
	const isSftp = destination === 'sftp';
	const places = isSftp ? [path] : destination === 'binary' ? [binaryPropertyName] : [container, folder];
	const kind = isSftp ? 'SFTP' : destination === 'binary' ? 'binary' : 'Azure';
	const place = [kind, places.map(text).filter(Boolean).join('/')];
	return [dataSet(fields.dataSet), place.filter(Boolean).join(' ')].filter(Boolean).join(' → ');
});
