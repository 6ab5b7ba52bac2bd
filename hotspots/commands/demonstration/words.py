"""What people write in the demonstration: short, ordinary, never sexual; and replies that never press."""

from __future__ import annotations

OPENINGS = (
    "hi saw your ad",
    "hi",
    "hello are you there",
    "is this still good?",
    "hey saw your post",
    "are you free tonight",
    "good evening, is the ad still up?",
    "hi are you around today",
    "hello, saw the ad just now",
    "you available later?",
    "is this you in the ad",
    "evening. still free?",
    "hi there \U0001f44b",
    "hey, ad still good? \U0001f642",
)
REPLIES = ("hi", "yes it is", "hello", "yes", "hi, yes", "still up")

# Turns after the opening and the reply: (sender writes, operator answers).
TURNS = (
    ("what part of town are you in", "alder side"),
    ("where are you", "not far from the main road"),
    ("how late are you up", "a while yet"),
    ("i get off work at nine", "ok"),
    ("is it quiet there", "yes"),
    ("can i come by later", "if you like"),
    ("do you have parking", "there is a lot"),
    ("are you alone", "yes"),
    ("never done this before", "ok"),
    ("what time is good", "you say"),
    ("i am about twenty minutes away", "ok"),
    ("let me think about it", "sure"),
    ("sorry was driving", "no problem"),
    ("which exit is it", "the second one"),
    ("traffic is bad tonight", "ok"),
)
PRICE_TURN = ("how much", "what are you looking for")
PLACE_TURNS = (("ok what is the address", "i will send it when you are close"), ("on my way", "ok"), ("here now", "ok"))
CLOSINGS = ("maybe another time", "no thanks, take care", "ok never mind", "talk tomorrow", "thanks")

WRONG_NUMBER = ("is this the dentist", "hi mom new phone", "pizza order for pickup?", "is this the tire shop")
SPAM = ("You have won a gift card, reply YES", "Cheaper car insurance today", "Your package could not be delivered")
ADVERTISER = ("Boost your ad to the top of the page", "Your post expires soon, renew it with us")
OFFICER = ("test", "test from the van")
REFERRED_MINOR = ("hi", "i should not be texting this number", "my phone is almost out")
REFERRED_HELP = ("hi", "i saw the ad and wanted to ask if you are ok", "someone made me post one like it")
SERVICE = (
    "Your verification code is 482913",
    "Your plan renews tomorrow",
    "Data use: half of your plan",
    "Reply STOP to end these messages",
)
