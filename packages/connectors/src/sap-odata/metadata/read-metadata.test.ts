import { describe, expect, it } from 'vitest';
import { readMetadata } from './read-metadata.ts';
import { toSchema } from './to-schema.ts';

/** As SAP Gateway writes V2: annotations as attributes, associations apart. */
const V2 = `<?xml version="1.0" encoding="utf-8"?>
<edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" xmlns:sap="http://www.sap.com/Protocols/SAPData">
 <edmx:DataServices m:DataServiceVersion="2.0">
  <Schema Namespace="API_BP" xmlns="http://schemas.microsoft.com/ado/2008/09/edm" sap:schema-version="1">
   <EntityType Name="PartnerType" sap:label="Business Partner">
    <Key><PropertyRef Name="Partner"/></Key>
    <Property Name="Partner" Type="Edm.String" Nullable="false" MaxLength="10" sap:display-format="UpperCase" sap:label="Business Partner"/>
    <Property Name="BirthDate" Type="Edm.DateTime" Precision="0" sap:display-format="Date"/>
    <Property Name="CreatedAt" Type="Edm.Time" Precision="0" sap:creatable="false"/>
    <Property Name="Country" Type="Edm.String" MaxLength="3" sap:value-list="standard"/>
    <NavigationProperty Name="to_Address" Relationship="API_BP.PartnerAddress" FromRole="P" ToRole="A"/>
   </EntityType>
   <EntityType Name="AddressType">
    <Key><PropertyRef Name="Partner"/><PropertyRef Name="Address"/></Key>
    <Property Name="Partner" Type="Edm.String" Nullable="false" MaxLength="10"/>
    <Property Name="Address" Type="Edm.String" Nullable="false" MaxLength="10"/>
    <Property Name="Place" Type="API_BP.Place"/>
    <NavigationProperty Name="to_Partner" Relationship="API_BP.PartnerAddress" FromRole="A" ToRole="P"/>
   </EntityType>
   <ComplexType Name="Place"><Property Name="City" Type="Edm.String" MaxLength="40"/></ComplexType>
   <Association Name="PartnerAddress">
    <End Type="API_BP.PartnerType" Multiplicity="1" Role="P"/>
    <End Type="API_BP.AddressType" Multiplicity="*" Role="A"/>
    <ReferentialConstraint>
     <Principal Role="P"><PropertyRef Name="Partner"/></Principal>
     <Dependent Role="A"><PropertyRef Name="Partner"/></Dependent>
    </ReferentialConstraint>
   </Association>
   <EntityContainer Name="API_BP_Entities" m:IsDefaultEntityContainer="true">
    <EntitySet Name="A_Partner" EntityType="API_BP.PartnerType"/>
    <EntitySet Name="A_Address" EntityType="API_BP.AddressType"/>
    <EntitySet Name="A_OldPartner" EntityType="API_BP.PartnerType"/>
    <AssociationSet Name="PA" Association="API_BP.PartnerAddress">
     <End EntitySet="A_Partner" Role="P"/><End EntitySet="A_Address" Role="A"/>
    </AssociationSet>
    <FunctionImport Name="Block" ReturnType="Edm.Boolean" m:HttpMethod="POST"/>
   </EntityContainer>
  </Schema>
 </edmx:DataServices>
</edmx:Edmx>`;

const V4 = `<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
 <Schema Namespace="com.shop.types" Alias="T" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EnumType Name="State"><Member Name="open"/><Member Name="done"/></EnumType>
  <TypeDefinition Name="Code" UnderlyingType="Edm.String" MaxLength="4"/>
  <EntityType Name="Base" Abstract="true"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.Guid"/></EntityType>
 </Schema>
 <Schema Namespace="com.shop" Alias="SELF" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="Order" BaseType="T.Base">
   <Property Name="state" Type="com.shop.types.State" Nullable="false"/>
   <Property Name="code" Type="T.Code"/>
   <Property Name="tags" Type="Collection(Edm.String)"/>
   <Property Name="total" Type="Edm.Decimal" Precision="9" Scale="2" DefaultValue="0"/>
   <Property Name="plain" Type="Edm.Decimal"/>
   <Property Name="level" Type="Edm.Byte"/>
   <Property Name="changedAt" Type="Edm.DateTimeOffset" Precision="7"><Annotation Term="Core.Computed" Bool="true"/></Property>
   <Property Name="parent_ID" Type="Edm.Guid"/>
   <NavigationProperty Name="parent" Type="SELF.Order"><ReferentialConstraint Property="parent_ID" ReferencedProperty="ID"/></NavigationProperty>
  </EntityType>
  <EntityContainer Name="C"><EntitySet Name="Orders" EntityType="SELF.Order"/><Singleton Name="Me" Type="SELF.Order"/></EntityContainer>
  <Annotations Target="SELF.Order/code">
   <Annotation Term="Common.Label" String="Code of the order"/><Annotation Term="Common.ValueList"/>
  </Annotations>
 </Schema></edmx:DataServices></edmx:Edmx>`;

describe('metadata', () => {
  it('of SAP Gateway V2 becomes tables with their keys and limits', () => {
    const model = readMetadata(V2);
    expect(model.version).toBe('v2');
    const { tables, notices } = toSchema(model);
    expect(tables.map(({ name, comment }) => [name, comment])).toEqual([
      ['A_Partner', 'Business Partner'],
      ['A_Address', null],
      ['A_OldPartner', 'Business Partner'],
    ]);
    expect(tables[0]?.columns).toMatchObject([
      {
        name: 'Partner',
        kind: 'text',
        type: 'Edm.String(10)',
        maxLength: 10,
        nullable: false,
        comment: 'Business Partner',
      },
      { name: 'BirthDate', kind: 'date', nullable: true },
      { name: 'CreatedAt', kind: 'time', generated: 'always' },
      { name: 'Country', maxLength: 3 },
    ]);
    expect(tables[1]?.columns[2]).toMatchObject({ name: 'Place', kind: 'json' });
    expect(tables[1]?.foreignKeys).toMatchObject([
      { columns: ['Partner'], to: { name: 'A_Partner' }, toColumns: ['Partner'] },
    ]);
    expect(notices.map(({ subject }) => subject)).toEqual(['PartnerType.Country', 'Block']);
    const set = model.entitySets.get('A_Partner');
    expect(set?.targets).toEqual(new Map([['to_Address', 'A_Address']]));
    expect(set?.type.navigations.get('to_Address')).toMatchObject({ many: true });
  });

  it('of V4 follows base types, aliases, definitions and annotations that stand apart', () => {
    const { tables, notices } = toSchema(readMetadata(V4));
    expect(tables).toHaveLength(1);
    expect(tables[0]).toMatchObject({ name: 'Orders', primaryKey: { columns: ['ID'] } });
    expect(tables[0]?.columns).toMatchObject([
      { name: 'ID', kind: 'uuid', nullable: false },
      { name: 'state', kind: 'text', values: ['open', 'done'], nullable: false },
      { name: 'code', kind: 'text', maxLength: 4, comment: 'Code of the order' },
      { name: 'tags', kind: 'text', dimensions: 1, type: 'Collection(Edm.String)' },
      { name: 'total', kind: 'decimal', precision: 9, scale: 2, default: '0' },
      { name: 'plain', kind: 'decimal', precision: null, scale: 0 },
      { name: 'level', kind: 'integer', precision: 8 },
      { name: 'changedAt', kind: 'datetime_zoned', scale: 7, generated: 'always' },
      { name: 'parent_ID', kind: 'uuid' },
    ]);
    expect(tables[0]?.checks).toEqual([{ name: 'level_byte', expression: 'level BETWEEN 0 AND 255' }]);
    expect(tables[0]?.foreignKeys).toMatchObject([{ columns: ['parent_ID'], to: { name: 'Orders' } }]);
    expect(notices.map(({ subject }) => subject)).toEqual(['Order.code', 'Me']);
  });

  it.each([
    ['<html><body/></html>', 'no entity set'],
    ['{"value": []}', 'not XML'],
    ['', ''],
    ['<!DOCTYPE x [<!ENTITY a "b">]><x/>', 'document type'],
    [V2.replaceAll('<EntitySet ', '<Nothing '), 'no entity set'],
  ])('is refused when it is none (%#)', (text, message) => {
    expect(() => readMetadata(text)).toThrow(message);
    try {
      readMetadata(text);
    } catch (error) {
      expect(error).toMatchObject({ problem: 'protocol' });
    }
  });

  it('ends, however types refer to each other', () => {
    const cyclic = V4.replace('BaseType="T.Base"', 'BaseType="SELF.Order"')
      .replace('Type="T.Code"', 'Type="SELF.Loop"')
      .replace(
        '<EntityContainer',
        '<ComplexType Name="Loop"><Property Name="again" Type="SELF.Loop"/></ComplexType><EntityContainer',
      );
    expect(toSchema(readMetadata(cyclic)).tables[0]?.columns[1]).toMatchObject({ name: 'code', kind: 'json' });
  });
});
