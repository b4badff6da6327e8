"""What an edition still lacks: the list to fill, its workbook, how far it is, a new edition's folder."""
