// An example of a property: what the application keeps of a customer is what it was given.
export default function property(rows) {
  for (const row of rows) {
    const kept = JSON.parse(JSON.stringify(row));
    if (kept.email !== row.email) throw new Error(`the email of row ${row.id} was lost`);
  }
}
