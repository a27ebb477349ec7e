import { removePacked } from './pack';

export default async function tearDown(): Promise<void> {
	await removePacked();
}
