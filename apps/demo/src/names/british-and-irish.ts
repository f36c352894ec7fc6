import { type Origin, pool } from './origin.js';

export const BRITISH: Origin = {
  origin: 'British',
  share: 46,
  custom: 'inherited',
  family: pool(
    'Smith, Jones, Taylor, Brown, Williams, Wilson, Johnson, Davies, Robinson, Wright, Thompson, Evans, Walker, White, Roberts, Green, Hall, Wood, Jackson, Clarke, Clark, Harrison, Ward, Turner, Hill, Cooper, Moore, Morris, Baker, King, Barker, Holmes, Shaw, Hirst, Sykes, Armitage, Booth, Crowther, Dyson, Haigh, Ackroyd, Sutcliffe, Pickles, Butterfield, Fenwick, Charlton, Dodds, Pearce, Pierce, Bradshaw, Entwistle, Ramsbottom, St John, Fox-Pitt, Carter-Lowe, Lloyd-Hughes, Featherstone, Macdonald, McDonald, Campbell, Stewart, Stuart, Reid, Reed, Read, Thomson, Whittaker, Whitaker',
  ),
  female: pool(
    'Olivia, Amelia, Emily, Jessica, Ruby, Chloe, Sophie, Grace, Lily, Ella, Mia, Lucy, Charlotte, Katherine, Catherine, Kate, Elizabeth, Margaret, Susan, Deborah, Julie, Tracey, Sharon, Karen, Michelle, Nicola, Rebecca, Hannah, Gemma, Kirsty, Stacey, Kayleigh, Demi-Leigh, Lacey-Mae, Poppy, Evie, Isla, Freya, Zoë, Chloë, Victoria, Jacqueline, Samantha, Alexandra, Patricia, Christine',
  ),
  male: pool(
    'Thomas, James, Jack, Daniel, Joshua, Matthew, William, Harry, Oliver, George, Alfie, Charlie, Jayden, Riley, Tyler, Kyle, Liam, Lee, Darren, Wayne, Gary, Stephen, Steven, Paul, Mark, David, Andrew, Christopher, Michael, Robert, John, Peter, Anthony, Edward, Alexander, Benjamin, Samuel, Nathan, Jordan, Ryan, Callum, Connor, Jamie, Dominic, Tommy-Lee, Kai, Noah, Theo',
  ),
};

export const IRISH: Origin = {
  origin: 'Irish',
  share: 5,
  custom: 'inherited',
  family: pool(
    'O’Connor, O’Brien, O’Neill, O’Sullivan, O’Reilly, Murphy, Kelly, Byrne, Ryan, Walsh, Doherty, Gallagher, Brennan, McCarthy, McLoughlin, McDonagh, Quinn, Ó Briain, Mac Giolla Phádraig, Connors, Ward, Maughan, Fitzgerald',
  ),
  female: pool(
    'Siobhán, Aoife, Niamh, Ciara, Saoirse, Róisín, Caoimhe, Orla, Sinéad, Gráinne, Mary, Bridget, Kathleen, Margaret, Nora, Eileen',
  ),
  male: pool(
    'Seán, Ciarán, Pádraig, Eoin, Oisín, Cillian, Conor, Declan, Brendan, Patrick, Michael, Martin, Miley, Diarmuid, Tadhg, Fionn',
  ),
};
