/**
 * Every country by the part of the world it is in, as the United Nations count them (M49, https://unstats.un.org/unsd/methodology/m49/),
 * with Taiwan beside its neighbours and Antarctica as a part of its own; within one roughly from the north-west to the south-east. So each
 * is as large as any other, and stands where it is looked for.
 */
export const regions = {
  northAmerica: 'GL CA US BM PM',
  centralAmerica: 'MX GT BZ SV HN NI CR PA',
  caribbean: 'BS TC CU KY JM HT DO PR VG VI AI MF BL SX BQ KN AG MS GP DM MQ LC VC BB GD TT CW AW',
  southAmerica: 'CO VE GY SR GF EC PE BR BO PY CL AR UY FK GS BV',
  northernEurope: 'IS FO SJ NO SE FI AX IE GB IM DK EE LV LT GG JE',
  westernEurope: 'NL BE LU DE FR CH LI AT MC',
  easternEurope: 'PL BY RU CZ SK UA HU MD RO BG',
  southernEurope: 'PT ES GI AD IT SM VA MT SI HR BA RS ME AL MK GR',
  northernAfrica: 'EH MA DZ TN LY EG SD',
  westernAfrica: 'CV MR ML NE SN GM GW GN SL LR CI BF GH TG BJ NG SH',
  middleAfrica: 'TD CM CF GQ ST GA CG CD AO',
  easternAfrica: 'ER DJ ET SO SS UG KE RW BI TZ ZM MW MZ ZW KM YT MG SC MU RE IO TF',
  southernAfrica: 'NA BW ZA LS SZ',
  westernAsia: 'TR GE AM AZ CY SY LB IL PS JO IQ KW SA BH QA AE OM YE',
  centralAsia: 'KZ UZ TM KG TJ',
  southernAsia: 'IR AF PK IN NP BT BD LK MV',
  easternAsia: 'MN CN KP KR JP HK MO TW',
  southEastAsia: 'MM LA TH KH VN PH MY SG BN ID TL',
  oceania: 'AU NZ NF CX CC HM PG SB VU NC FJ PW FM MP GU MH NR KI TV TO WS AS WF TK NU CK PF PN UM',
  antarctica: 'AQ',
} as const;
export type Region = keyof typeof regions;
/** Side by side as on a map: the Americas; Europe above Africa; Asia above Oceania. */
export const parts = [
  ['northAmerica', 'centralAmerica', 'caribbean', 'southAmerica', 'antarctica'],
  [
    'northernEurope',
    'westernEurope',
    'easternEurope',
    'southernEurope',
    'northernAfrica',
    'westernAfrica',
    'middleAfrica',
    'easternAfrica',
    'southernAfrica',
  ],
  ['westernAsia', 'centralAsia', 'southernAsia', 'easternAsia', 'southEastAsia', 'oceania'],
] as const satisfies Region[][];
export const countriesOf = (region: Region): string[] => regions[region].split(' ');
