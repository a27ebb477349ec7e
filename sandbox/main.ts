import { startSandbox } from './sandbox';

/** `npm run sandbox`: keeps the servers running until Ctrl+C and prints what to type into n8n's credentials. */
async function main(): Promise<void> {
	const sandbox = await startSandbox();
	for (const { name, type, data } of sandbox.credentials) {
		console.log(`\n${name}  (${type})`);
		for (const [field, value] of Object.entries(data)) console.log(indented(field, String(value)));
	}
	console.log(`\nFiles on the SFTP server: ${sandbox.sftp.root}`);
	console.log('DataSets in the Domo double: "Awkward "cells", 100 % of them", "Large, 100 MB", and 120 more.');
	console.log('\nCtrl+C stops the servers and removes their files.');
	const end = () => void sandbox.close().then(() => process.exit(0));
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
}

function indented(field: string, value: string): string {
	const lines = value.trim().split('\n');
	return lines.length === 1
		? `  ${field.padEnd(20)} ${value}`
		: [`  ${field}`, ...lines.map((line) => `    ${line}`)].join('\n');
}

main().catch((fault: unknown) => {
	console.error(fault instanceof Error ? fault.message : fault);
	process.exitCode = 1;
});
