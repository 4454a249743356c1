#define BOOST_TEST_MODULE ties
#include <boost/test/unit_test.hpp>
