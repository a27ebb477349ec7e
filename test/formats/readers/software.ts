import type { DebianSoftware } from '../../../sandbox/debian';

/** Where Debian puts a program, in this order. */
const BIN = '/usr/bin';

/** LibreOffice is there without it, too, where only its other programs are installed. */
const CALC = '/usr/lib/libreoffice/program/libsclo.so';

/** What reads the files that the tests write: none of it has anything to do with what wrote them. */
export const readers: readonly DebianSoftware[] = [
	{ name: 'Python 3', packages: ['python3'], files: [`${BIN}/python3`] },
	{ name: 'GnuPG', packages: ['gnupg'], files: [`${BIN}/gpg`, `${BIN}/gpgconf`] },
	{ name: 'Info-ZIP', packages: ['unzip'], files: [`${BIN}/unzip`] },
	{ name: 'LibreOffice Calc', packages: ['libreoffice-calc-nogui'], files: [`${BIN}/soffice`, CALC] },
	{ name: 'iconv', packages: ['libc-bin'], files: [`${BIN}/iconv`] },
];
