import { singular } from '../normalise/singular.ts';

/** Nouns that end like those for people and are things. */
const THINGS = new Set(
  'server computer router printer scanner folder layer container cluster controller sensor adapter parameter filter header footer number order chapter color counter router driver browser chart master meter monitor motor tractor reactor sector factor vector indicator connector conductor resistor transistor capacitor processor motor mirror error door floor color flavor flavour tumor author banner trigger handler listener helper wrapper loader renderer builder broker timer buffer pointer register ledger voucher sticker poster newsletter letter paper power tower water weather summer winter river center quarter semester character shutter freezer cooler heater mixer charger boiler burner blender washer dryer copier speaker transformer inverter converter router marker tracker locker cover cylinder powder fiber timber rubber silver copper leather feather butter pepper ginger burger platter starter cluster matter offer tender gender border corner shoulder finger liver bladder cancer fever disorder disaster danger anger hunger danger manner dinner supper laughter slaughter thunder wonder order reminder remainder former latter other another upper lower inner outer outlier supplier theater parser compiler scheduler runner worker watcher crawler scraper provider importer exporter carrier identifier modifier qualifier classifier specifier multiplier barrier frontier courier editor operator separator generator calculator elevator accelerator refrigerator ventilator simulator emulator validator iterator decorator descriptor constructor selector detector projector collector protector compressor humidor corridor anchor harbor vapor tenor descriptor tutorial category history library territory dimer primer polymer isomer ant variant constant restaurant plant grant quadrant determinant covenant pendant consultant coolant lubricant pollutant fluorant instant island checklist wishlist playlist list twist mist whitelist blacklist allowlist watchlist shortlist median meridian guardian sponsor vendor distributor manufacturer retailer dealer publisher wholesaler producer employer insurer transporter contractor subcontractor lender lessor franchisor bidder creditor debtor issuer payer acquirer reseller shipper forwarder merchant tenant user member'.split(
    ' ',
  ),
);
const PEOPLE = new Set(
  'driver author editor scheduler operator worker consultant guardian courier watcher tutor'.split(' '),
);
/** Organisations that end like people. */
const COMPANIES = new Set(
  'supplier vendor distributor manufacturer retailer dealer publisher wholesaler producer employer insurer transporter contractor subcontractor lender lessor franchisor importer exporter carrier provider shipper forwarder merchant reseller acquirer sponsor bidder developer processor shipper registrar'.split(
    ' ',
  ),
);
const ENDING =
  /(..er|..or|..ist|..ian|..ant|..ent|..ee|..man|..woman|person|..ess|master|smith|keeper|..holder|staff|..yer)$/;
const ENDINGS_OF_THINGS =
  /(ment|ient|tree|fee|coffee|degree|committee|guarantee|ent|process|access|address|business|ness)$/;

/** Who or what does something, by the noun for it: `farmer` a person, `shipper` a company; undefined for things. */
export function agentOf(noun: string): 'person' | 'company' | undefined {
  const one = singular(noun);
  if (COMPANIES.has(one)) return 'company';
  if (PEOPLE.has(one)) return 'person';
  if (THINGS.has(one) || one.length < 5 || !ENDING.test(one)) return undefined;
  return ENDINGS_OF_THINGS.test(one) && !HUMAN.test(one) ? undefined : 'person';
}

const HUMAN = /(student|patient|client|president|agent|resident|respondent|dependent|parent|recipient|superintendent)$/;
