import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { datamaker, shell, temporaryFolder } from '../testing/run-datamaker.ts';

/** Orders with items, and items with their schedule, as a service of V4 tells of them. */
const METADATA = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="sales" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="Order"><Key><PropertyRef Name="SalesOrder"/></Key>
    <Property Name="SalesOrder" Type="Edm.String" Nullable="false" MaxLength="10"/>
    <Property Name="SoldToParty" Type="Edm.String" MaxLength="10"/>
    <NavigationProperty Name="to_Item" Type="Collection(sales.Item)" Partner="to_Order"/>
  </EntityType>
  <EntityType Name="Item"><Key><PropertyRef Name="SalesOrder"/><PropertyRef Name="SalesOrderItem"/></Key>
    <Property Name="SalesOrder" Type="Edm.String" Nullable="false" MaxLength="10"/>
    <Property Name="SalesOrderItem" Type="Edm.String" Nullable="false" MaxLength="6"/>
    <Property Name="Quantity" Type="Edm.Decimal" Precision="9" Scale="3"/>
    <NavigationProperty Name="to_Order" Type="sales.Order" Nullable="false" Partner="to_Item">
      <ReferentialConstraint Property="SalesOrder" ReferencedProperty="SalesOrder"/>
    </NavigationProperty>
  </EntityType>
  <EntityContainer Name="Container">
    <EntitySet Name="SalesOrders" EntityType="sales.Order"><NavigationPropertyBinding Path="to_Item" Target="SalesOrderItems"/></EntitySet>
    <EntitySet Name="SalesOrderItems" EntityType="sales.Item"><NavigationPropertyBinding Path="to_Order" Target="SalesOrders"/></EntitySet>
  </EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`;

describe('importing metadata of OData with rows within rows', () => {
  const prepared = (): string => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'metadata.xml'), METADATA);
    return folder;
  };

  it('gives orders with their items, each with keys of its own', async () => {
    const script = `cd ${prepared()}
      datamaker import metadata.xml --entity SalesOrders --expand to_Item --out order.json
      datamaker generate order.json -n 50 --seed a -f json`;
    const { code, stdout, stderr } = await shell(script);
    expect(code, stderr).toBe(0);
    const orders = JSON.parse(stdout.toString()) as {
      SalesOrder: string;
      to_Item: readonly { SalesOrderItem: string; Quantity: number | null }[];
    }[];
    expect(new Set(orders.map(({ SalesOrder }) => SalesOrder)).size).toBe(50);
    for (const { to_Item: items } of orders) {
      expect(items.length).toBeGreaterThanOrEqual(1);
      expect(items.length).toBeLessThanOrEqual(5);
      // What the service takes from the order is no field of an item.
      expect(items.map((item) => Object.keys(item))).toEqual(items.map(() => ['SalesOrderItem', 'Quantity']));
      expect(items.map(({ SalesOrderItem }) => SalesOrderItem)).toEqual(items.map((_, i) => String(10 * (i + 1))));
    }
  });

  it('takes the sets that have such rows, where none is named', async () => {
    const folder = prepared();
    const { code, stdout } = await datamaker(['import', join(folder, 'metadata.xml'), '--expand', 'to_Item']);
    expect([code, JSON.parse(stdout.toString()).name]).toEqual([0, 'SalesOrders']);
  });

  it.each([
    [['--entity', 'SalesOrders', '--expand', 'to_Nobody'], 'nested_unknown', '--expand'],
    [['--expand', 'to_Nobody'], 'nested_unknown', '--expand'],
    [['--entity', 'Nobodies', '--expand', 'to_Item'], 'entity_not_found', '--entity'],
    [['--kind', 'csv', '--expand', 'to_Item'], 'not_supported', '--expand'],
  ])('says what is wrong with %j', async (words, code, place) => {
    const ended = await datamaker(['import', join(prepared(), 'metadata.xml'), ...words]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain(`[${code}]`);
    expect(ended.stderr).toContain(place);
  });

  it('says that a document is none', async () => {
    const ended = await shell(`cd ${temporaryFolder()}; echo 'SELECT 1' | datamaker import - --expand to_Item`);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining('[invalid_source]')]);
  });
});
