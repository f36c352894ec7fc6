/**
 * Given names and their everyday short forms, one family a line: full name and its spellings, a colon, short forms.
 * A short form may stand in several families (Alex); families are never chained through it, so Alexander does not find Alexandra.
 * Curated for names common in England, of many origins; spellings that already sound alike need no line.
 */
export const GIVEN_NAMES = `
abdul abdel: abdi
abigail: abi abbie abby gail
abraham ibrahim: abe bram ibby
adelaide: addie ada
agnieszka: aga
ahmed ahmad ahmet
aisha ayesha aysha aishah
albert: al bert bertie
alexander aleksander alejandro: alex al alec sandy sasha xander lex
alexandra aleksandra: alex ali sandra sandy sasha lexi
alfred: alf alfie fred freddie
alice alicia alison: ali
alistair alasdair alastair: al ali
amelia: amy millie mia
amanda: mandy
andrew andrei andrzej andreas: andy drew
angela: angie ange
ann anne anna hannah: annie nan nancy
anthony antony antonio: tony ant
antonia: toni
arthur: art artie
barbara: barb barbie babs
bartholomew bartosz bartlomiej: bart
beatrice beatrix: bea bee trixie
benjamin: ben benny benji
bernard: bernie
bethany: beth
bradley: brad
bridget: biddy bridie
cameron: cam
caroline carolyn: carrie caz lyn
catherine katherine kathryn cathryn katharine kathleen katarzyna ekaterina: kate katie katy kathy cathy cath kath kat kit kitty kasia katya
charles: charlie chas chuck
charlotte: charlie lottie lotte
chidi chidiebere
christina christine: chris chrissie tina
christopher krzysztof: chris kit topher
clement: clem
daniel: dan danny
danielle: dani
david dawid: dave davey davie
deborah debra: deb debbie debs
delores dolores: lola
denise: den
dennis denis: den denny
derek: del
dominic dominik: dom
donald: don donnie
dorothy dorothea: dot dottie dolly dora
douglas: doug dougie
edmund: ed eddie ted
edward edwin: ed eddie ted teddy ned
eleanor elinor eleanora: ellie nell nellie ella nora
elizabeth elisabeth elzbieta: liz lizzie lizzy beth betty bess bessie eliza elsie libby liza lisa betsy
emily emilia: em emmy millie
emma: em emmy
eugene: gene
evelyn: eve evie
fatima fatimah fatma fathima fatuma
florence: flo florrie flossie
frances francesca: fran frankie franny cesca
francis francisco franklin: frank frankie
frederick fredrick frederic: fred freddie freddy
gabriel: gabe
gabriella gabrielle: gabby
geoffrey jeffrey: geoff jeff
george: georgie
georgina georgia georgiana: georgie gina
gerald gerard: gerry jerry
gillian: gill jill jilly
gregory grzegorz: greg
gwendolyn gwendoline: gwen
harold: harry hal
harriet: hattie
harrison harry
hassan hasan
helen helena: nell
henry: harry hal hank
hussain hussein husain hossain
isaac: ike
isabel isabella isabelle isobel: izzy bella belle
ivan: vanya
jacob jakub yaqub: jake kuba
jacqueline: jackie jacqui
james: jim jimmy jamie jem
jane: janie
janet: jan
jennifer: jen jenny jenni
jeremy: jerry jez
jerome: jerry
jessica: jess jessie
joan joanne joanna johanna: jo joanie
john jan juan: johnny jack jon
jonathan jonathon: jon jonny
joseph josef jozef yusuf yousef yousuf youssef: joe joey jo
josephine: jo josie fifi
joshua: josh
judith: judy jude
julia julie: jules
julian: jules
justin justyn
kenneth: ken kenny
kimberley kimberly: kim
kristina kristin: kris
laura: laurie
lawrence laurence: larry laurie loz
leonard: len lenny leo
leonardo leonard: leo
lewis louis luis: lou louie
lilian lillian: lily lil
louise louisa: lou
lucy lucille: lu
madeleine madeline: maddie maddy
magdalena: magda
malcolm: mal
malgorzata: gosia
margaret: maggie meg peggy marge madge mags greta daisy rita
maria mary marie miriam maryam mariam: molly polly mamie may mia
marion marian
martin: marty
matilda: tilly tilda
matthew mateusz: matt matty
maxwell maximilian: max
megan: meg
melanie: mel
melissa: mel lissa
michael michal mikhail: mike mick mickey micky mikey misha
michelle: shell shelly
mohammed muhammad mohamed mohammad muhammed mohamad mohamud muhammud mohamed mahomed mahmud: mo md moh
mustafa mustapha mostafa
nasreen nasrin
natalie natalia natasha: nat nattie tasha
nathan nathaniel: nat nate
nicholas nicolas nikolai mikolaj: nick nicky nico kolya
nicola nicole: nicky nikki nic
oliver: ollie oli
olivia: liv livvy
omar umar omer
oluwaseun: seun
oluwatobi oluwatobiloba: tobi
oluwaseyi: seyi
pamela: pam
patricia: pat patsy trish tricia patti
patrick: pat paddy rick
penelope: penny
peter piotr pyotr: pete
philip phillip filip: phil pip
philippa: pippa pip
priscilla: cilla
rachel rachael: rach
raymond: ray
rebecca rebekah: becky bec becca bex
reginald: reg reggie
richard ricardo: rich richie rick ricky dick
robert roberto: rob robbie bob bobby bert
roberta: bobbie
roger: rodge
roland rowland: rolly
ronald: ron ronnie
rosemary: rosie rose
rosalind rosaline: ros roz
ruth: ruthie
samantha: sam sammy
samuel: sam sammy
sarah sara: sally sadie
sean shaun shawn
sebastian: seb
sharon: shaz
sidney sydney: sid syd
simon szymon: si
siobhan shivaun shevaun
sophia sophie sofia zofia: soph
stanley: stan
stephanie: steph stevie
stephen steven stefan: steve stevie ste
stuart stewart: stu
susan susanna susannah suzanne: sue susie suzie suzy
sylvia silvia
syed sayed said
terence terrence: terry
teresa theresa: terry tess tessa
thaddeus tadeusz: tad
theodore: theo ted teddy
thomas tomasz tomas: tom tommy
timothy: tim timmy
tobias: toby
valerie: val
veronica: ronnie vera
victor wiktor: vic
victoria: vicky vicki tori
vincent: vince vinny
virginia: ginny ginger
walter: wally walt
wilfred: wilf
william wilhelm: bill billy will willy willie liam
winifred: win winnie freda
yvonne: von
zachary zachariah zakariya zakaria: zach zac zak
zoe zoey
`;
