/** The worst error of each kind on one device, for people. */
export class Report {
  private readonly worst = new Map<string, { units: number; where: string }>();

  note(kind: string, units: number, where: string): void {
    const known = this.worst.get(kind);
    if (known === undefined || units > known.units) this.worst.set(kind, { units, where });
  }

  /** One line a kind. */
  lines(device: string): string {
    return [...this.worst]
      .map(([kind, { units, where }]) => `${device}: ${kind}: at most ${units.toPrecision(3)} units, at ${where}`)
      .join('\n');
  }
}
