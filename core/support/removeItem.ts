/**
 * Takes an item out of a list; false when it is not there. What is under way is kept in lists, because a Set or a Map that changes all the time
 * leaves tables behind that keep all it ever held (docs/decisions/sftp-speed.md).
 */
export function removeItem<T>(list: T[], item: T): boolean {
	const place = list.indexOf(item);
	if (place >= 0) list.splice(place, 1);
	return place >= 0;
}
