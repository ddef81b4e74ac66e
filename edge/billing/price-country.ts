/** What is paid with where, ISO 4217 by ISO 3166-1 (https://www.six-group.com/en/products-services/financial-information/data-standards.html). */
const PLACES: Readonly<Record<string, string>> = {
  usd: 'US AS BQ EC FM GU IO MH MP PR PW SV TC TL UM VG VI',
  eur: 'AD AT AX BE BG BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA YT',
  gbp: 'GB GG IM JE',
  aud: 'AU CC CX HM KI NF NR TV',
  nzd: 'NZ CK NU PN TK',
  chf: 'CH LI',
  dkk: 'DK FO GL',
  nok: 'NO BV SJ',
  ils: 'IL PS',
  mad: 'MA EH',
  xof: 'BF BJ CI GW ML NE SN TG',
  xaf: 'CF CG CM GA GQ TD',
  xpf: 'NC PF WF',
  xcd: 'AG AI DM GD KN LC MS VC',
  xcg: 'CW SX',
};
/** Of one country each. */
const OWN =
  'aeAED afAFN alALL amAMD aoAOA arARS awAWG azAZN baBAM bbBBD bdBDT bhBHD biBIF bmBMD bnBND boBOB brBRL bsBSD btBTN bwBWP byBYN bzBZD ' +
  'caCAD cdCDF clCLP cnCNY coCOP crCRC cuCUP cvCVE czCZK djDJF doDOP dzDZD egEGP erERN etETB fjFJD fkFKP geGEL ghGHS giGIP gmGMD gnGNF ' +
  'gtGTQ gyGYD hkHKD hnHNL htHTG huHUF idIDR inINR iqIQD irIRR isISK jmJMD joJOD jpJPY keKES kgKGS khKHR kmKMF kpKPW krKRW kwKWD kyKYD ' +
  'kzKZT laLAK lbLBP lkLKR lrLRD lsLSL lyLYD mdMDL mgMGA mkMKD mmMMK mnMNT moMOP mrMRU muMUR mvMVR mwMWK mxMXN myMYR mzMZN naNAD ngNGN ' +
  'niNIO npNPR omOMR paPAB pePEN pgPGK phPHP pkPKR plPLN pyPYG qaQAR roRON rsRSD ruRUB rwRWF saSAR sbSBD scSCR sdSDG seSEK sgSGD shSHP ' +
  'slSLE soSOS srSRD ssSSP stSTN sySYP szSZL thTHB tjTJS tmTMT tnTND toTOP trTRY ttTTD twTWD tzTZS uaUAH ugUGX uyUYU uzUZS veVES vnVND ' +
  'vuVUV wsWST yeYER zaZAR zmZMW zwZWG';

const currencies = new Map([
  ...Object.entries(PLACES).flatMap(([currency, countries]) =>
    countries.split(' ').map((country) => [country, currency] as const),
  ),
  ...OWN.split(' ').map((pair) => [pair.slice(0, 2).toUpperCase(), pair.slice(2).toLowerCase()] as const),
]);

/** The currency of a country, ISO 4217 in small letters; null: none is known. */
export const currencyOf = (country: string | null): string | null =>
  country === null ? null : (currencies.get(country) ?? null);
