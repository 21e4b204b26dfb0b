// On a phone the chosen tab may lie outside the row.
document.querySelector(".tab[aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });
