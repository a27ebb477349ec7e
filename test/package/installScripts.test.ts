import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const read = (name: string) => readFileSync(resolve(__dirname, '../..', name), 'utf8');

interface Locked {
	readonly dev?: boolean;
	readonly hasInstallScript?: boolean;
}

/** What a user of the package gets that would run something when it is installed. */
function withInstallScripts(): string[] {
	const { packages }: { packages: Record<string, Locked> } = JSON.parse(read('package-lock.json'));
	const installed = Object.entries(packages).filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev);
	return installed.map(([path]) => path.replace(/^.*node_modules\//, '')).sort();
}

test('SECURITY.md names every dependency that has an install script, and no other', () => {
	const [sentence = ''] = /^- \*\*No install scripts needed\.\*\*.*$/mu.exec(read('SECURITY.md')) ?? [];
	const [, named = ''] = /only (.*?) have one/u.exec(sentence) ?? [];
	expect([...named.matchAll(/`([^`]+)`/gu)].map(([, name]) => name).sort()).toEqual(withInstallScripts());
});

test('the package itself runs nothing when it is installed', () => {
	const { scripts } = JSON.parse(read('package.json'));
	for (const script of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(script);
});
