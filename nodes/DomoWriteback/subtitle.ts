import { subtitle } from '../shared/subtitle';

/** E.g. `Sales → SFTP exports/daily` or `Sales → Azure domo-exports/daily`. */
export const writebackSubtitle = subtitle((fields, text, dataSet) => {
	const isSftp = fields.destination === 'sftp';
	const path = isSftp ? [fields.path] : [fields.container, fields.folder];
	const place = [isSftp ? 'SFTP' : 'Azure', path.map(text).filter(Boolean).join('/')];
	return [dataSet(fields.dataSet), place.filter(Boolean).join(' ')].filter(Boolean).join(' → ');
});
